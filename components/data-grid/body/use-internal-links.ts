'use client';

import { type RefObject, useEffect } from 'react';
import { useGridActions } from '../state/grid-actions';

/** Links inside of the portal are plain anchors, of which hundreds cost nothing; a click on one stays in the app. */
export function useInternalLinks(container: RefObject<HTMLElement | null>): void {
  const { leaveTo } = useGridActions();
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="/"]') : null;
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      leaveTo(link.getAttribute('href') ?? '');
    };
    element.addEventListener('click', onClick);
    return () => element.removeEventListener('click', onClick);
  }, [container, leaveTo]);
}
