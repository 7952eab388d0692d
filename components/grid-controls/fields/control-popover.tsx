'use client';

import { Popover } from '@heroui/react/popover';
import type { ReactNode, RefObject } from 'react';

interface ControlPopoverProps {
  label: string;
  /** The button that it belongs to: the focus goes back there. */
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  className?: string;
  /** Padding; a list has little. */
  inset?: string;
  children: ReactNode;
}

/** The small panel of a control, under its button. */
export function ControlPopover({
  label,
  anchor,
  onClose,
  className = 'w-96',
  inset = 'p-4',
  children,
}: ControlPopoverProps) {
  return (
    <Popover.Content
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => (open ? undefined : onClose())}
      placement="bottom start"
      className={`popover max-w-[calc(100vw-1rem)] rounded-xl ${className}`}
    >
      <Popover.Dialog aria-label={label} className={`max-h-[inherit] overflow-auto outline-none ${inset}`}>
        {children}
      </Popover.Dialog>
    </Popover.Content>
  );
}
