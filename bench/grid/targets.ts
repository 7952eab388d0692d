import type { GridWindow } from '@/lib/records/types';
import { formatGridState } from '@/lib/soql/grid-state';
import type { Target } from './load';
import type { Stage } from './stage';
import type { Visitor } from './visitors';
import type { RowSource } from './yardstick-app/read-rows';
import type { Yardsticks } from './yardsticks';

/** Rows of a window, on all sides. */
export const WINDOW_ROWS = 200;

/** The first window of the accounts as the portal reads it, which opens the list at Salesforce. */
export async function readWindow(portal: string, { cookie, connectionId }: Visitor): Promise<GridWindow> {
  const path = `/api/connections/${connectionId}/window?sobject=Account`;
  const response = await fetch(portal + path, { headers: { cookie } });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`The window was answered ${response.status}: ${text}`);
  const window = JSON.parse(text) as GridWindow;
  if (window.rows.ids.length !== WINDOW_ROWS) {
    throw new Error(`A window has ${window.rows.ids.length} rows, not ${WINDOW_ROWS}.`);
  }
  return window;
}

/** The query that the portal makes for this window, for others to make as well. */
export function sourceOf(stage: Stage, window: GridWindow): RowSource {
  const { instanceUrl, tokens } = stage.connected;
  return {
    url: `${instanceUrl}/services/data/v66.0/query?q=${encodeURIComponent(window.soql)}`,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${tokens.access_token}`,
      'sforce-query-options': `batchSize=${WINDOW_ROWS}`,
    },
    columns: window.columns.map(({ name }) => (name === 'OwnerId' ? 'Owner.Name' : name)),
  };
}

/** The grid page, as a browser opens it. */
export function pageTarget(stage: Stage, window: GridWindow): Target {
  return {
    origin: stage.portal,
    pid: stage.pid,
    ask: (turn) => {
      const { cookie, connectionId } = stage.visitor(turn);
      return { path: `/connections/${connectionId}/accounts`, headers: { cookie, accept: 'text/html' } };
    },
    holds: window.rows.ids.at(-1) ?? '',
  };
}

/** The path of further rows, as the grid asks for them. */
export function rowsPath(connectionId: string, window: GridWindow, offset: number): string {
  const params = new URLSearchParams({ offset: String(offset), list: window.rows.list ?? '' });
  const state = formatGridState(window.state);
  return `/api/connections/${connectionId}/rows?sobject=Account&${state}&${params}`;
}

/** Further rows: the same window again and again, or by turns `windows` different ones. */
export function rowsTarget(stage: Stage, window: GridWindow, windows = 1): Target {
  return {
    origin: stage.portal,
    pid: stage.pid,
    ask: (turn) => {
      const { cookie, connectionId } = stage.visitor(turn);
      const offset = (1 + (turn % windows)) * WINDOW_ROWS;
      return {
        path: rowsPath(connectionId, window, offset),
        headers: { cookie, accept: 'application/json' },
      };
    },
    holds: '"ids":["001',
  };
}

export function yardstickTargets({ bare, next }: Yardsticks): Record<'bare' | 'markup', Target> {
  const headers = { accept: 'text/html' };
  const ask = () => ({ path: '/', headers });
  // Neither shows ids: the last row is there when the table is closed.
  return {
    bare: { ...bare, ask, holds: '</tbody>' },
    markup: { ...next, ask, holds: '</tbody>' },
  };
}
