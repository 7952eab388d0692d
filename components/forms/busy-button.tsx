'use client';

import { Button, type ButtonProps } from '@heroui/react/button';
import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';

interface BusyButtonProps
  extends Pick<ButtonProps, 'variant' | 'size' | 'fullWidth' | 'type' | 'name' | 'value'> {
  busy: boolean;
  /** Shown while it works; the name of the button stays the same otherwise. */
  busyLabel?: string;
  icon?: ReactNode;
  className?: string | undefined;
  onPress?: () => void;
  children: ReactNode;
}

/**
 * A button that shows its work, and that cannot be pressed twice meanwhile. It keeps the focus, so it is not
 * disabled; React Aria's own pending state announces by an id that is gone when the page has moved on.
 */
export function BusyButton({
  busy,
  busyLabel,
  icon,
  className,
  onPress,
  children,
  ...props
}: BusyButtonProps) {
  return (
    <>
      <Button
        {...props}
        className={`${className ?? ''} ${busy ? 'cursor-progress' : ''}`}
        onPress={() => {
          if (!busy) onPress?.();
        }}
      >
        {busy ? <LoaderCircle aria-hidden="true" className="animate-spin" /> : icon}
        {busy && busyLabel ? busyLabel : children}
      </Button>
      <span role="status" className="sr-only">
        {busy ? (busyLabel ?? 'Working…') : ''}
      </span>
    </>
  );
}
