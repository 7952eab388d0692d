import type { GridLayout } from '@/lib/records/types';

/** How a grid is drawn until its reader wants it otherwise. */
export const DEFAULT_LAYOUT: GridLayout = {
  density: 'comfortable',
  wrap: false,
  rowNumbers: false,
  widths: {},
  pinned: [],
};
