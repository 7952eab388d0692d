import type { GridState, GridWindow } from '@/lib/records/types';

/** What every control of a grid gets: what is shown, and the way to ask for something else. The URL follows. */
export interface GridControlProps {
  window: GridWindow;
  /** What the URL says now; it may be ahead of `window.state` while Salesforce answers. */
  state: GridState;
  change: (patch: Partial<GridState>) => void;
}
