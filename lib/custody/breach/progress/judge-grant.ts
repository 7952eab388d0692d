import type { BreachGrant, BreachOutcome, BreachProof } from '@/lib/custody/breach/types';

/** What the rows say of a grant, by now. */
export interface GrantFacts {
  kind: BreachGrant['kind'];
  /** The connection, if it is still there. */
  holder: {
    /** It holds this very grant, not a later one. */
    sameGrant: boolean;
    state: string;
    revocation: string;
    tries: number;
    nextAt: Date | null;
    /** A process is at work on it. */
    atWork: boolean;
    error: string | null;
    description: string | null;
  } | null;
  /** The stray grant itself, or the one that a connection's grant became. */
  stray: {
    outcome: 'confirmed' | 'gave_up' | null;
    finishedAt: Date | null;
    nextAt: Date;
    atWork: boolean;
    error: string | null;
    description: string | null;
  } | null;
  /** The end that the audit log tells of. */
  revoked: { at: Date; proof: BreachProof | null } | null;
}

export interface Judgement {
  /** Null: it goes on. */
  outcome: BreachOutcome | null;
  proof: BreachProof | null;
  error: string | null;
  endedAt: Date | null;
  nextAt: Date | null;
}

/** How far the end of a grant has come. What the audit log tells counts first: rows go on to other grants. */
export function judgeGrant({ kind, holder, stray, revoked }: GrantFacts): Judgement {
  if (revoked) return ended(revoked.proof === null ? 'ended' : 'confirmed', revoked.proof, revoked.at);
  if (holder?.sameGrant && holder.state !== 'disconnected') return judgeOpen(holder);
  if (stray) return judgeStray(stray);
  // Of this very grant: what became of a later one of the same connection says nothing.
  if (kind === 'connection' && holder?.sameGrant) return judgeDisconnected(holder);
  // Consented anew or removed while its token could not be sent: nothing of it is left here.
  return left('unsendable', null);
}

type Holder = NonNullable<GrantFacts['holder']>;
type Stray = NonNullable<GrantFacts['stray']>;

function judgeOpen(holder: Holder): Judgement {
  const { revocation, tries, nextAt, atWork } = holder;
  if (revocation === 'unconfirmed' && tries > 0 && nextAt === null && !atWork) {
    return left('gave_up', wordsOf(holder));
  }
  return goesOn(revocation === 'unconfirmed' ? wordsOf(holder) : null, nextAt);
}

function judgeStray(stray: Stray): Judgement {
  const { outcome, finishedAt, nextAt, atWork } = stray;
  if (outcome === 'confirmed') return ended('confirmed', 'elsewhere', finishedAt);
  if (outcome === 'gave_up') return left('gave_up', wordsOf(stray));
  return goesOn(wordsOf(stray), atWork ? null : nextAt);
}

function judgeDisconnected(holder: Holder): Judgement {
  if (holder.revocation === 'confirmed') return ended('confirmed', 'elsewhere', null);
  if (holder.revocation === 'none') return ended('ended', null, null);
  // `not_sent`: the revocation of a restored database, which was never sent.
  const wasSent = holder.error !== null && holder.error !== 'not_sent';
  return left(wasSent ? 'gave_up' : 'unsendable', wordsOf(holder));
}

function wordsOf({
  error,
  description,
}: {
  error: string | null;
  description: string | null;
}): string | null {
  return error === null ? null : [error, description].filter(Boolean).join(': ');
}

function ended(outcome: 'confirmed' | 'ended', proof: BreachProof | null, endedAt: Date | null): Judgement {
  return { outcome, proof, error: null, endedAt, nextAt: null };
}

function left(outcome: 'unsendable' | 'gave_up', error: string | null): Judgement {
  return { outcome, proof: null, error, endedAt: null, nextAt: null };
}

/** What was not tried yet is not waiting: it is on its way. */
function goesOn(error: string | null, nextAt: Date | null): Judgement {
  return { outcome: null, proof: null, error, endedAt: null, nextAt: error === null ? null : nextAt };
}
