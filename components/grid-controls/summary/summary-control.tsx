'use client';

import { Button } from '@heroui/react/button';
import { Sigma } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { GridControlProps } from '@/components/grid-controls/types';
import { formatNumber } from '@/lib/format/numbers';
import { summarisedColumns } from './summarised-columns';

const SummaryDialog = dynamic(() => import('./summary-dialog').then((module) => module.SummaryDialog), {
  ssr: false,
});

/** Summarises all rows of the grid, where it shows a column that can be. Opening it costs a call, and says so. */
export function SummaryControl({ window }: Pick<GridControlProps, 'window'>) {
  const [open, setOpen] = useState(false);
  const { total } = window.rows;
  if (total === 0 || summarisedColumns(window.columns).length === 0) return null;
  return (
    <>
      <Button size="sm" variant="ghost" onPress={() => setOpen(true)}>
        <Sigma aria-hidden="true" />
        {`Summarise all ${formatNumber(total, { locale: window.locale, scale: 0 })}`}
        <span className="font-normal text-muted">costs 1 API call</span>
      </Button>
      {open ? <SummaryDialog window={window} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
