'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { GridLayout } from '@/lib/records/types';
import { DEFAULT_LAYOUT } from './default-layout';

const SAVE_PAUSE = 600;

/** How the grid is drawn; `onLayout` hears of it when the reader has come to rest. */
export function useLayout(kept: GridLayout | null | undefined, onLayout?: (layout: GridLayout) => unknown) {
  const [layout, setState] = useState(kept ?? DEFAULT_LAYOUT);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const save = useRef(onLayout);
  useEffect(() => {
    save.current = onLayout;
  }, [onLayout]);
  const latest = useRef(layout);
  const setLayout = useCallback((patch: Partial<GridLayout>, keep: 'keep' | 'show' = 'keep') => {
    latest.current = { ...latest.current, ...patch };
    setState(latest.current);
    if (timer.current) clearTimeout(timer.current);
    if (keep === 'show') return;
    timer.current = setTimeout(() => void save.current?.(latest.current), SAVE_PAUSE);
  }, []);
  return { layout, setLayout };
}
