import { randomUUID } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { clocks, stopwatch } from '@/lib/connections/refresh/clock';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { log } from '@/lib/log';
import { processWide, registry } from '@/lib/registry';

/** SQL for the end of a lease that starts now. */
export const leaseEnd = () => sql`orgdock.now() + ${refreshPolicy().leaseMs} * interval '1 millisecond'`;

/** SQL: somebody holds a lease on the row now. */
export const leaseIsLive = sql<boolean>`coalesce(${connections.leaseUntil} > orgdock.now(), false)`;

/** The columns of a row that nobody holds. */
export const noLease = { leaseOwner: null, leaseUntil: null };

/** Names this process in leases and attempts. */
export function bootId(): string {
  return processWide('connections.bootId', () => randomUUID().slice(0, 8));
}

/** Unique to one attempt, so that it tells a process's own claim even when the answer to it was lost. */
export function leaseOwnerOf(attemptId: string): string {
  return `${bootId()}/${attemptId}`;
}

/** The holder's side of a lease. */
export interface Lease {
  /**
   * To be asked in the tick of the first write. False once the holder cannot be sure that nobody has given up on it:
   * too long since the last renewal, a renewal that failed, or a stop of the process.
   */
  mayStillSend(): boolean;
  /** Ends the renewals. */
  end(): void;
}

/**
 * Keeps a lease alive until `end()`. `elapsed` was started before the claim was sent, so the lease in the database
 * can only end later than we think. Before the first write a renewal that fails ends the right to send; afterwards
 * it is only logged, because the answer is waited for all the same.
 */
export function holdLease(claim: { connectionId: string; attemptId: string }, elapsed: () => number): Lease {
  const state = { elapsed, lost: false, sent: false, ended: false };
  void renewUntilEnd(claim, state);
  return {
    mayStillSend() {
      const may = !state.lost && !registry().draining && state.elapsed() < refreshPolicy().sendWithinMs;
      state.sent ||= may;
      return may;
    },
    end() {
      state.ended = true;
    },
  };
}

interface LeaseState {
  elapsed: () => number;
  lost: boolean;
  sent: boolean;
  ended: boolean;
}

async function renewUntilEnd(
  claim: { connectionId: string; attemptId: string },
  state: LeaseState,
): Promise<void> {
  while (!state.lost) {
    await clocks().sleep(refreshPolicy().renewEveryMs, { ref: false });
    if (state.ended) return;
    const restarted = stopwatch();
    try {
      if (await renew(claim)) state.elapsed = restarted;
      else state.lost = true;
    } catch (err) {
      log().warn({ err, connectionId: claim.connectionId }, 'a lease could not be renewed');
      state.lost = !state.sent;
    }
  }
}

async function renew({ connectionId, attemptId }: { connectionId: string; attemptId: string }) {
  const rows = await withSystem('lease renewal', (tx) =>
    tx
      .update(connections)
      .set({ leaseUntil: leaseEnd() })
      .where(
        and(
          eq(connections.id, connectionId),
          eq(connections.leaseOwner, leaseOwnerOf(attemptId)),
          // An expired lease stays expired: somebody may have drawn conclusions from it.
          leaseIsLive,
          inArray(connections.state, ['refreshing', 'disconnecting']),
        ),
      )
      .returning({ id: connections.id }),
  );
  return rows.length > 0;
}
