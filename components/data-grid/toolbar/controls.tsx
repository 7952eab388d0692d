'use client';

import { type ComponentType, memo } from 'react';
import { ChartsControl } from '@/components/grid-controls/charts/charts-control';
import { ColumnsControl } from '@/components/grid-controls/columns/columns-control';
import { FilterControl } from '@/components/grid-controls/filter/filter-control';
import { JumpControl } from '@/components/grid-controls/jump/jump-control';
import { SoqlControl } from '@/components/grid-controls/soql/soql-control';
import { SortControl } from '@/components/grid-controls/sort/sort-control';
import type { GridControlProps } from '@/components/grid-controls/types';

/** A control of the toolbar. It loads its dialog when it is used, by `next/dynamic`. */
interface GridControl {
  name: string;
  Control: ComponentType<GridControlProps>;
}

const CONTROLS: readonly GridControl[] = [
  { name: 'filter', Control: FilterControl },
  { name: 'sort', Control: SortControl },
  { name: 'columns', Control: ColumnsControl },
  { name: 'jump', Control: JumpControl },
  { name: 'charts', Control: ChartsControl },
  { name: 'soql', Control: SoqlControl },
];

/** The toolbar's controls in their order, left of display and refresh. */
export const Controls = memo(function Controls(props: GridControlProps) {
  return CONTROLS.map(({ name, Control }) => <Control key={name} {...props} />);
});
