'use client';

import { useLayoutEffect } from 'react';
import { paintTheme, subscribeToTheme } from './theme';

/**
 * Keeps the page in the chosen theme. It paints anew when it mounts: React renders a page without the script of the
 * first paint when the answer was decided before its frame was sent, as with "forbidden".
 */
export function ThemePainter() {
  useLayoutEffect(() => {
    paintTheme();
    return subscribeToTheme(paintTheme);
  }, []);
  return null;
}
