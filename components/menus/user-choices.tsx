'use client';

import { Dropdown } from '@heroui/react/dropdown';
import { Label } from '@heroui/react/label';
import { LogOut, UserRound } from 'lucide-react';
import { AnchoredMenu } from './anchored-menu';
import type { MenuOpening } from './menu-button';

interface UserChoicesProps extends MenuOpening {
  displayName: string;
  role: string;
  onAccount: () => void;
  onSignOut: () => void;
}

/** Who is signed in, and where they can go. */
export function UserChoices({
  displayName,
  role,
  onAccount,
  onSignOut,
  focus,
  ...opening
}: UserChoicesProps) {
  return (
    <AnchoredMenu {...opening} placement="bottom end">
      <div className="border-b border-separator px-4 pt-3 pb-2.5">
        <p className="truncate text-sm font-medium">{displayName}</p>
        <p className="text-xs text-muted capitalize">{role}</p>
      </div>
      <Dropdown.Menu
        autoFocus={focus}
        aria-label="Account"
        onAction={(key) => (key === 'account' ? onAccount() : onSignOut())}
      >
        <Dropdown.Item id="account" textValue="Account">
          <UserRound aria-hidden="true" className="size-4 text-muted" />
          <Label>Account and sessions</Label>
        </Dropdown.Item>
        <Dropdown.Item id="sign-out" textValue="Sign out">
          <LogOut aria-hidden="true" className="size-4 text-muted" />
          <Label>Sign out</Label>
        </Dropdown.Item>
      </Dropdown.Menu>
    </AnchoredMenu>
  );
}
