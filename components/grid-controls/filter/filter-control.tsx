'use client';

import { Button } from '@heroui/react/button';
import { ListFilter } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { GridControlProps } from '@/components/grid-controls/types';
import { countConditions } from '@/lib/soql/filter-text';

const FilterDialog = dynamic(() => import('./filter-dialog').then((module) => module.FilterDialog), {
  ssr: false,
});

/** Opens the filter builder, and says how many conditions there are. */
export function FilterControl(props: GridControlProps) {
  const [open, setOpen] = useState(false);
  const count = props.state.filter ? countConditions(props.state.filter) : 0;
  return (
    <>
      <Button size="sm" variant={count > 0 ? 'secondary' : 'ghost'} onPress={() => setOpen(true)}>
        <ListFilter aria-hidden="true" />
        Filter
        {count > 0 ? <span className="tabular-nums">{count}</span> : null}
      </Button>
      {open ? <FilterDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
