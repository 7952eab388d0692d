import type { EnvironmentColor, EnvironmentKind, EnvironmentSummary } from '@/lib/environments/types';

export type ConnectLinkState = 'open' | 'used' | 'withdrawn' | 'expired';

/** A link, this once: only its hash is kept. */
export interface MadeConnectLink {
  id: string;
  url: string;
  /** ISO instant. */
  expiresAt: string;
}

/** A connect link as its holder sees it, and the program that made it. */
export interface ConnectLink {
  id: string;
  environment: EnvironmentSummary;
  purpose: string;
  /** The alias that was asked for. */
  alias: string | null;
  state: ConnectLinkState;
  /** Name of the key that made it; null: its holder did, on a page. */
  madeBy: string | null;
  /** ISO instants. */
  createdAt: string;
  expiresAt: string;
  /** When a browser went on to Salesforce with it for the first time. */
  openedAt: string | null;
  usedAt: string | null;
  /** What it led to; null as well once that is gone. */
  connection: { id: string; alias: string | null; username: string } | null;
}

/** As administrators and auditors see it. */
export interface AnyConnectLink extends ConnectLink {
  holder: string;
}

/** What somebody who has no account here reads behind a link that works. */
export interface OpenedLink {
  state: 'open';
  /** Who will hold the connection. */
  holder: string;
  /** Name of the key whose program asked. */
  program: string | null;
  purpose: string;
  /** Host of this portal. */
  portal: string;
  environment: { name: string; kind: EnvironmentKind; color: EnvironmentColor | null };
  org: { name: string | null; host: string };
  scopes: string[];
  /** ISO instant. */
  expiresAt: string;
}

/** One that works no more, or not in this browser; nothing else is said of it. */
export interface ClosedLink {
  state: Exclude<ConnectLinkState, 'open'> | 'unusable' | 'other_browser';
}

/** What the browser that used a link is told afterwards. */
export interface UsedLink {
  holder: string;
  portal: string;
  environment: { name: string; kind: EnvironmentKind; color: EnvironmentColor | null };
  /** Null: the connection is gone. */
  org: { id: string; name: string | null } | null;
  username: string | null;
}
