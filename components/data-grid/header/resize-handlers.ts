'use client';

import type { PointerEvent } from 'react';
import type { DrawnColumn } from '../columns/drawn-column';
import type { ColumnActions } from '../columns/use-column-actions';

/** Drags a header's edge: the width follows the pointer in CSS alone, and is kept when it is let go of. */
export function resizeHandlers(drawn: DrawnColumn, actions: ColumnActions) {
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      const handle = event.currentTarget;
      const from = event.clientX;
      let width = drawn.width;
      const drag = ({ clientX }: globalThis.PointerEvent) => {
        width = drawn.width + clientX - from;
        actions.preview(drawn, width);
      };
      const end = ({ type }: globalThis.PointerEvent) => {
        handle.removeEventListener('pointermove', drag);
        handle.removeEventListener('pointerup', end);
        handle.removeEventListener('pointercancel', end);
        if (type === 'pointercancel') actions.preview(drawn, drawn.width);
        else if (width !== drawn.width) actions.resize(drawn, width);
      };
      handle.setPointerCapture(event.pointerId);
      handle.addEventListener('pointermove', drag);
      handle.addEventListener('pointerup', end);
      handle.addEventListener('pointercancel', end);
    },
    onDoubleClick: () => actions.fit(drawn),
  };
}
