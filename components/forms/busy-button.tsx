'use client';

import { Button, type ButtonProps } from '@heroui/react/button';
import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';

interface BusyButtonProps extends Omit<ButtonProps, 'children' | 'isPending'> {
  busy: boolean;
  /** Shown while it works; the name of the button stays the same otherwise. */
  busyLabel?: string;
  icon?: ReactNode;
  children: ReactNode;
}

/** A button that shows its work, and that cannot be pressed twice meanwhile. */
export function BusyButton({ busy, busyLabel, icon, children, ...props }: BusyButtonProps) {
  return (
    <Button {...props} isPending={busy}>
      {busy ? <LoaderCircle aria-hidden="true" className="animate-spin" /> : icon}
      {busy && busyLabel ? busyLabel : children}
    </Button>
  );
}
