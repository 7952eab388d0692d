'use client';

import { Popover } from '@heroui/react/popover';
import type { ComponentProps, RefObject } from 'react';
import { ViewList } from './view-list';

interface ViewPanelProps extends ComponentProps<typeof ViewList> {
  /** The button that it belongs to: the focus goes back there. */
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** The list of views under its button; loaded when it is opened. */
export function ViewPanel({ anchor, onClose, ...list }: ViewPanelProps) {
  return (
    <Popover.Content
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => (open ? undefined : onClose())}
      placement="bottom start"
      className="popover w-80 max-w-[calc(100vw-1rem)] rounded-xl"
    >
      <Popover.Dialog aria-label="Views" className="p-1.5 outline-none">
        <ViewList {...list} />
      </Popover.Dialog>
    </Popover.Content>
  );
}
