'use client';

import type { ComponentProps, RefObject } from 'react';
import { ControlPopover } from '../fields/control-popover';
import { ViewList } from './view-list';

interface ViewPanelProps extends ComponentProps<typeof ViewList> {
  /** The button that it belongs to: the focus goes back there. */
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** The list of views under its button; loaded when it is opened. */
export function ViewPanel({ anchor, onClose, ...list }: ViewPanelProps) {
  return (
    <ControlPopover label="Views" anchor={anchor} onClose={onClose} className="w-80" inset="p-1.5">
      <ViewList {...list} />
    </ControlPopover>
  );
}
