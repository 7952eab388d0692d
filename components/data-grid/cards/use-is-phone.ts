'use client';

import { useSyncExternalStore } from 'react';

const PHONE = '(max-width: 639px)';

/** Whether the screen is as narrow as a phone's; null: not known before the browser draws. */
export function useIsPhone(): boolean | null {
  return useSyncExternalStore<boolean | null>(
    subscribe,
    () => matchMedia(PHONE).matches,
    () => null,
  );
}

function subscribe(changed: () => void): () => void {
  const query = matchMedia(PHONE);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}
