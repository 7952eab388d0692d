import type { BreachGrant, BreachProof, BreachScopeKind } from '@/lib/custody/breach/types';

/** What a breach ends, as a title: `Everything`, `Environment UAT`. */
export function scopeInWords({ kind, scopeName }: { kind: BreachScopeKind; scopeName: string }): string {
  if (kind === 'all') return 'Everything';
  return kind === 'environment' ? `Environment ${scopeName}` : scopeName;
}

/** `1 grant`, `5 grants`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

export const PROOFS: Record<BreachProof, string> = {
  introspection: 'Introspection calls the token inactive',
  refused_use: 'A use of the access token was refused',
  answer: 'Salesforce’s answer alone',
  elsewhere: 'Revoked; the proof was not kept',
};

/** Whose a grant is. */
export function holderInWords({ ownerName, kind }: BreachGrant): string {
  return ownerName ?? (kind === 'stray' ? 'Nobody known' : 'The portal itself');
}

/** Why an end is not known, and what somebody does about it in Salesforce; null: nobody has to. */
export function byHand({ outcome, username, orgId }: BreachGrant): { why: string; todo: string } | null {
  if (outcome !== 'unsendable' && outcome !== 'gave_up') return null;
  const user = username ?? 'its user';
  return {
    why:
      outcome === 'unsendable'
        ? 'The answer to its last refresh is missing, so its token may be a spent one, which must not leave Orgdock.'
        : 'Salesforce has not confirmed its end for seven days. Nobody tries any more.',
    todo: `In the org${orgId ? ` ${orgId}` : ''}: Setup → Connected Apps OAuth Usage → the app → Revoke for ${user}, or on that user’s page under OAuth Connected Apps.`,
  };
}
