import type { Problem } from '@/lib/errors';

/** A problem that may also be the browser's own: it has no network. */
export type GridFault = Omit<Problem, 'code'> & { code: Problem['code'] | 'OFFLINE' };

/** The way on from a fault. */
export type FaultAction = 'retry' | 'clear' | 'reconnect' | 'connection' | 'reload';

export interface FaultWords {
  title: string;
  actions: FaultAction[];
  /** What waits, or is kept back on purpose, is no failure. */
  tone: 'danger' | 'warning';
}

type Words = Omit<FaultWords, 'title'> & { title: (label: string) => string };

const retry: Words = { title: (label) => `${label} could not be loaded`, actions: ['retry'], tone: 'danger' };

const WORDS: Partial<Record<GridFault['code'], Words>> = {
  SALESFORCE_OBJECT_HIDDEN: {
    ...retry,
    title: (label) => `${label} are not visible to this user`,
    actions: [],
  },
  SALESFORCE_FORBIDDEN: { ...retry, title: (label) => `This user may not read ${label}` },
  SALESFORCE_API_DISABLED: {
    ...retry,
    title: () => 'This user has no access to Salesforce’s API',
    actions: [],
  },
  SALESFORCE_QUERY_TIMEOUT: {
    ...retry,
    title: () => 'Salesforce needed too long for this list',
    actions: ['clear', 'retry'],
  },
  SALESFORCE_QUERY_REFUSED: {
    ...retry,
    title: () => 'Salesforce does not accept this filter or order',
    actions: ['clear', 'retry'],
  },
  FILTER_TOO_LONG: { ...retry, title: () => 'This filter is too long for Salesforce', actions: ['clear'] },
  SALESFORCE_LIMIT_EXCEEDED: {
    ...retry,
    title: () => 'This org has used up its API calls of today',
    tone: 'warning',
  },
  SALESFORCE_BUSY: { ...retry, title: () => 'This org is busy with other long requests', tone: 'warning' },
  API_RESERVE_REACHED: {
    ...retry,
    title: () => 'The rest of today’s API calls is kept for other jobs',
    tone: 'warning',
  },
  SALESFORCE_UNAVAILABLE: {
    ...retry,
    title: (label) => `${label} could not be loaded: Salesforce is not available`,
  },
  SALESFORCE_LOCATOR_EXPIRED: {
    ...retry,
    title: () => 'Salesforce has let go of this list',
    actions: ['reload'],
    tone: 'warning',
  },
  ENVIRONMENT_CLOSED: {
    ...retry,
    title: () => 'This environment is closed for reading now',
    tone: 'warning',
  },
  RATE_LIMITED: { ...retry, title: () => 'That was too many requests at once', tone: 'warning' },
  OFFLINE: { ...retry, title: () => 'You are offline', tone: 'warning' },
};

const DEAD_GRANT: Words = {
  ...retry,
  title: () => 'This connection does not serve any more',
  actions: ['reconnect', 'connection'],
};

/** How a fault is told, and what its reader can do about it. `label`: what was to be read, such as “Accounts”. */
export function faultWords(code: GridFault['code'], label: string): FaultWords {
  const { title, ...words } = WORDS[code] ?? (code.startsWith('GRANT_') ? DEAD_GRANT : retry);
  return { ...words, title: title(label) };
}
