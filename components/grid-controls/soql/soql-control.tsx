'use client';

import { Button } from '@heroui/react/button';
import { Code } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { GridControlProps } from '@/components/grid-controls/types';

const SoqlDialog = dynamic(() => import('./soql-dialog').then((module) => module.SoqlDialog), { ssr: false });

/** Shows the statement behind the grid. */
export function SoqlControl({ window }: Pick<GridControlProps, 'window'>) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" variant="ghost" onPress={() => setOpen(true)}>
        <Code aria-hidden="true" />
        SOQL
      </Button>
      {open ? <SoqlDialog window={window} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
