import type { ReadCost } from '@/lib/records/types';

/** A record that was found. */
export interface SearchHit {
  id: string;
  name: string;
  /** What tells it from others of the name, such as `Closed Won · 6 Mar 2026`; empty without. */
  detail: string;
}

export interface SearchGroup {
  sobject: string;
  labelPlural: string;
  hits: SearchHit[];
  /** As many as were asked for: there may be more. */
  isFull: boolean;
}

/** What a search over a connection's main objects found. No group: Salesforce said that there is nothing. */
export interface SearchAnswer extends ReadCost {
  groups: SearchGroup[];
  /** Plural labels of the objects that were searched. */
  searched: string[];
  locale: string;
}
