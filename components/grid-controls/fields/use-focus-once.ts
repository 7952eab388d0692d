'use client';

import { type RefObject, useEffect, useRef } from 'react';

/**
 * Takes the focus when it appears. In an effect, because the dialog around must know its panel first: else it takes the
 * focus back.
 */
export function useFocusOnce<T extends HTMLElement>(wanted: boolean): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    if (wanted) ref.current?.focus();
  }, [wanted]);
  return ref;
}
