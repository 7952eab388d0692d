import type { AttemptOutcome, AttemptTrigger, TokenAttempt, TokenEvent } from '@/lib/connections/types';

export type Tone = 'good' | 'bad' | 'open' | 'plain';

const PURPOSE = {
  refresh: 'Refresh',
  revoke: 'Revocation',
  introspect: 'Question whether the token works',
} as const;

const TRIGGER: Record<AttemptTrigger, string> = {
  expired: 'the access token had ended',
  keep_alive: 'keep-alive',
  settle: 'to find out about a missing answer',
  verify: 'the database was restored',
  disconnect: 'disconnected',
  retry: 'tried again',
  superseded: 'replaced by a new consent',
  refused: 'refused after consent',
  everything: 'everything was revoked',
};

const OUTCOME: Record<AttemptOutcome, [words: string, tone: Tone]> = {
  landed: ['New tokens stored', 'good'],
  unsent: ['Not sent', 'plain'],
  retry_later: ['Salesforce asked to try later', 'plain'],
  refused: ['Refused: the grant has ended', 'bad'],
  app_fault: ['Refused: the app, not the grant', 'bad'],
  uncertain: ['No clear answer', 'open'],
  revoked: ['Revoked, confirmed by Salesforce', 'good'],
  late: ['Answer came after a new consent', 'plain'],
  active: ['The token works', 'good'],
  inactive: ['The token does not work any more', 'bad'],
  unconsumed: ['Salesforce had not done it', 'plain'],
};

/** What an attempt was for: `Refresh`, and what asked for it. */
export function purposeWords({ purpose, trigger }: Pick<TokenAttempt, 'purpose' | 'trigger'>): {
  what: string;
  why: string | null;
} {
  return { what: PURPOSE[purpose], why: trigger === null ? null : TRIGGER[trigger] };
}

/** How an attempt ended; one that nobody has closed is still open. */
export function outcomeWords({ outcome }: Pick<TokenAttempt, 'outcome'>): { text: string; tone: Tone } {
  if (outcome === null) return { text: 'Under way, or its process is gone', tone: 'open' };
  const [text, tone] = OUTCOME[outcome];
  return { text, tone };
}

/** `840 ms`, `2.4 s`, `3 min`; a dash while it has not ended. */
export function durationWords(milliseconds: number | null): string {
  if (milliseconds === null) return '–';
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  if (milliseconds < 120_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  return `${Math.round(milliseconds / 60_000)} min`;
}

/** What a refresh showed of the org besides its tokens. */
export function eventWords(event: TokenEvent): string {
  if (event.event === 'instance_moved') {
    return `The org has moved: it answers at ${event.to} now, before at ${event.from}.`;
  }
  return 'The session before was ended early: its access token had worked a moment before. Somebody, or a policy, ended it in Salesforce.';
}
