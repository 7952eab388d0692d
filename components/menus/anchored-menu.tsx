'use client';

import { Button } from '@heroui/react/button';
import { Dropdown } from '@heroui/react/dropdown';
import type { ReactNode, RefObject } from 'react';

interface AnchoredMenuProps {
  /** What the menu stands at. */
  anchor: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onClose: () => void;
  placement: 'bottom start' | 'bottom end';
  className?: string;
  /** A `Dropdown.Menu`. */
  children: ReactNode;
}

/** A menu at something that is not its own button: React Aria wants one all the same. */
export function AnchoredMenu({
  anchor,
  isOpen,
  onClose,
  placement,
  className = 'min-w-52',
  children,
}: AnchoredMenuProps) {
  return (
    <Dropdown isOpen={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Button aria-hidden="true" excludeFromTabOrder className="sr-only" />
      <Dropdown.Popover triggerRef={anchor} placement={placement} className={className}>
        {children}
      </Dropdown.Popover>
    </Dropdown>
  );
}
