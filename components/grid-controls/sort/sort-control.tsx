'use client';

import { Button } from '@heroui/react/button';
import { ArrowUpDown } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import type { GridControlProps } from '@/components/grid-controls/types';

const SortPanel = dynamic(() => import('./sort-panel').then((module) => module.SortPanel), { ssr: false });

/** Opens the sort keys. */
export function SortControl(props: GridControlProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const keys = props.state.sort.length;
  return (
    <>
      <Button ref={anchor} size="sm" variant={keys > 0 ? 'secondary' : 'ghost'} onPress={() => setOpen(true)}>
        <ArrowUpDown aria-hidden="true" />
        Sort
        {keys > 1 ? <span className="tabular-nums">{keys}</span> : null}
      </Button>
      {open ? <SortPanel {...props} anchor={anchor} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
