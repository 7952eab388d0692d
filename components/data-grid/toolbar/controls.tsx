'use client';

import type { ComponentType } from 'react';
import type { GridControlProps } from '@/components/grid-controls/types';

/** A control of the toolbar. It loads its dialog when it is used, by `next/dynamic`. */
export interface GridControl {
  name: string;
  Control: ComponentType<GridControlProps>;
}

/** The toolbar's controls in their order, left of display and refresh. */
export const CONTROLS: readonly GridControl[] = [];
