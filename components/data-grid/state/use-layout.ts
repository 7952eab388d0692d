'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { GridLayout } from '@/lib/records/types';
import { DEFAULT_LAYOUT } from './default-layout';

const SAVE_PAUSE = 600;

interface LayoutOptions {
  /** The reader's own; null: they have none yet. */
  kept: GridLayout | null | undefined;
  /** That of the view in use; null: it has none, and the reader's own is shown. */
  ofView: GridLayout | null;
  /** Hears of the reader's own layout when they have come to rest. */
  onLayout: ((layout: GridLayout) => unknown) | undefined;
}

/**
 * How the grid is drawn. Changes are the reader's own; while a view says how it is drawn they only show, until the view is
 * saved, and the reader's own comes back with a view that says nothing.
 */
export function useLayout({ kept, ofView, onLayout }: LayoutOptions) {
  const own = useRef(kept ?? DEFAULT_LAYOUT);
  const shown = useRef(ofView ?? own.current);
  const [layout, setState] = useState(shown.current);
  const view = useRef(ofView);
  const save = useRef(onLayout);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    save.current = onLayout;
  }, [onLayout]);
  useEffect(() => {
    if (view.current === ofView) return;
    view.current = ofView;
    shown.current = ofView ?? own.current;
    setState(shown.current);
  }, [ofView]);
  const setLayout = useCallback((patch: Partial<GridLayout>) => {
    shown.current = { ...shown.current, ...patch };
    setState(shown.current);
    if (view.current !== null) return;
    own.current = shown.current;
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => void save.current?.(own.current), SAVE_PAUSE);
  }, []);
  return { layout, setLayout };
}
