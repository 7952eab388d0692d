'use client';

import { Button } from '@heroui/react/button';
import { Dropdown } from '@heroui/react/dropdown';
import { Label } from '@heroui/react/label';
import { ChevronDown, LogOut, UserRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { postJson } from '@/components/forms/post-json';

/** Name of the signed-in person, their account page, and the way out. */
export function UserMenu({ displayName, role }: { displayName: string; role: string }) {
  const router = useRouter();
  const [leaving, setLeaving] = useState(false);
  const [failed, setFailed] = useState(false);

  const signOut = async () => {
    setLeaving(true);
    const answer = await postJson('/api/sign-out', {});
    if (answer.ok) window.location.assign('/sign-in');
    else {
      setLeaving(false);
      setFailed(true);
    }
  };

  return (
    <>
      <Dropdown>
        <Button variant="ghost" size="sm" isDisabled={leaving} aria-label={`Account of ${displayName}`}>
          <span
            aria-hidden="true"
            className="-ml-1 grid size-6 place-items-center rounded-full bg-accent-soft text-[0.6875rem] font-semibold text-accent-soft-foreground"
          >
            {initials(displayName)}
          </span>
          <span className="hidden max-w-36 truncate sm:inline">{displayName}</span>
          <ChevronDown aria-hidden="true" className="hidden text-muted sm:inline" />
        </Button>
        <Dropdown.Popover placement="bottom end" className="min-w-52">
          <div className="border-b border-separator px-4 pt-3 pb-2.5">
            <p className="truncate text-sm font-medium">{displayName}</p>
            <p className="text-xs text-muted capitalize">{role}</p>
          </div>
          <Dropdown.Menu
            aria-label="Account"
            onAction={(key) => {
              if (key === 'account') router.push('/account');
              else void signOut();
            }}
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
        </Dropdown.Popover>
      </Dropdown>
      {failed ? (
        <p
          role="alert"
          className="fixed top-16 right-4 z-50 rounded-lg bg-danger-soft px-4 py-2 text-danger-soft-foreground shadow-overlay"
        >
          You are still signed in: Orgdock did not answer. Try again.
        </p>
      ) : null}
    </>
  );
}

/** First letters of the first and the last word. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words[words.length - 1]?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}
