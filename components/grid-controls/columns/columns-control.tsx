'use client';

import { Button } from '@heroui/react/button';
import { Columns3 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { GridControlProps } from '@/components/grid-controls/types';

const ColumnsDialog = dynamic(() => import('./columns-dialog').then((module) => module.ColumnsDialog), {
  ssr: false,
});

/** Opens the column chooser; says when wanted columns are missing. */
export function ColumnsControl(props: GridControlProps) {
  const [open, setOpen] = useState(false);
  const missing = props.window.missing.length;
  return (
    <>
      <Button size="sm" variant="ghost" onPress={() => setOpen(true)}>
        <Columns3 aria-hidden="true" />
        Columns
        {missing > 0 ? (
          <span className="text-xs text-warning-soft-foreground">{`${missing} missing`}</span>
        ) : null}
      </Button>
      {open ? <ColumnsDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
