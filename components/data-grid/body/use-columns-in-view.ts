'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';
import type { DrawnColumn } from '../columns/drawn-column';
import type { ShownColumns } from '../columns/use-columns';
import { useSlice } from '../columns/use-slice';

/** What the server draws before the size of the screen is known. */
const FIRST_WIDTH = 1200;

/** The columns in view beside the pinned ones, and the pixels before them. */
export function useColumnsInView(
  scroller: RefObject<HTMLElement | null>,
  { centre, pinnedWidth }: ShownColumns,
) {
  const across = useVirtualizer({
    horizontal: true,
    count: centre.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => centre[index]?.width ?? 0,
    getItemKey: (index) => centre[index]?.column.name ?? index,
    paddingStart: pinnedWidth,
    initialRect: { width: FIRST_WIDTH, height: 0 },
    overscan: 2,
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are asked for anew when the columns are others
  useEffect(() => across.measure(), [across, centre]);
  const items = across.getVirtualItems();
  const inView: DrawnColumn[] = useSlice(centre, items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1);
  return { inView, gap: Math.max(0, (items[0]?.start ?? pinnedWidth) - pinnedWidth) };
}
