'use client';

import { Button } from '@heroui/react/button';
import { ChartColumn } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { GridControlProps } from '@/components/grid-controls/types';

const ChartsPanel = dynamic(() => import('./charts-panel').then((module) => module.ChartsPanel), {
  ssr: false,
});

/** Opens the charts above the grid, in its `data-grid-panel`. What was drawn stays while they are closed. */
export function ChartsControl(props: GridControlProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState<Element | null>(null);
  const id = useId();
  const toggle = () => {
    const frame = anchor.current?.closest('[data-grid-frame]');
    setPlace(frame?.querySelector('[data-grid-panel]') ?? null);
    setOpen(!open);
  };
  const close = () => {
    setOpen(false);
    anchor.current?.focus();
  };
  return (
    <>
      <Button
        ref={anchor}
        size="sm"
        variant={open ? 'secondary' : 'ghost'}
        aria-expanded={open}
        aria-controls={id}
        onPress={toggle}
      >
        <ChartColumn aria-hidden="true" />
        Charts
      </Button>
      {place ? createPortal(<ChartsPanel {...props} id={id} open={open} onClose={close} />, place) : null}
    </>
  );
}
