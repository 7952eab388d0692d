import { type Tx, withSystem } from '@/db/client';
import { isDatabaseAway } from '@/db/faults';
import { apiCalls } from '@/db/schema';
import { appendAudit } from '@/lib/audit/append';
import type { AuditEntry } from '@/lib/audit/entries';
import { addToDays, type DayShare } from '@/lib/broker/usage/add-to-days';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { onStop, processWide } from '@/lib/registry';

/** A call that has ended. */
export type CallRow = Omit<typeof apiCalls.$inferInsert, 'id'>;

/** What waits to be written: a call, or an act whose audit row found no database. */
interface Entry {
  call?: { row: CallRow; share: DayShare };
  audit?: { ctx: PersonContext; entry: AuditEntry };
}

const EVERY_MS = 1_000;
const AT_ONCE = 1_000;
/** Some ten thousand calls: a database that stays away costs the oldest of them, and never the memory. */
const MOST_WAITING = 20_000;

/**
 * Calls on their way to the usage log: kept in memory and written in batches, so that no answer waits for them. At a stop
 * the rest is written. A commit that was not answered is written again: a call may then be there twice, but is never missing.
 */
class UsageLog {
  private waiting: Entry[] = [];
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();
  private dropped = 0;

  add(entry: Entry): void {
    this.waiting.push(entry);
    if (this.waiting.length > MOST_WAITING) {
      this.waiting.shift();
      this.dropped += 1;
    }
    this.timer ??= setTimeout(() => void this.flush(), EVERY_MS).unref();
  }

  /** Writes what waits, as far as the database answers. */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.writing = this.writing.then(() => this.writeAll());
    return this.writing;
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, AT_ONCE);
      try {
        await withSystem('API usage', (tx) => write(tx, batch));
        this.tellOfDropped();
      } catch (err) {
        if (!isAway(err)) {
          log().error({ err, calls: batch.length }, 'calls were not written to the usage log');
          continue;
        }
        this.waiting.unshift(...batch);
        this.timer ??= setTimeout(() => void this.flush(), EVERY_MS).unref();
        return;
      }
    }
  }

  private tellOfDropped(): void {
    if (this.dropped === 0) return;
    log().error(
      { calls: this.dropped },
      'the database was away for so long that calls are missing from the usage log',
    );
    this.dropped = 0;
  }
}

async function write(tx: Tx, batch: readonly Entry[]): Promise<void> {
  const calls = batch.flatMap(({ call }) => (call ? [call] : []));
  if (calls.length > 0) {
    await tx.insert(apiCalls).values(calls.map(({ row }) => row));
    await addToDays(
      tx,
      calls.map(({ share }) => share),
    );
  }
  for (const { audit } of batch) if (audit) await appendAudit(tx, audit.ctx, audit.entry);
}

function isAway(error: unknown): boolean {
  return (error instanceof AppError && error.code === 'UNAVAILABLE') || isDatabaseAway(error);
}

function usageLog(): UsageLog {
  return processWide('broker.usage', () => {
    const made = new UsageLog();
    onStop(() => made.flush());
    return made;
  });
}

/** Puts a call on its way to the usage log, and what of it no counter of the day has yet. Never throws, never waits. */
export function recordCall(row: CallRow, share: DayShare): void {
  usageLog().add({ call: { row, share } });
}

/** Puts an audit row on its way for which the database did not answer just now. */
export function recordAuditLater(ctx: PersonContext, entry: AuditEntry): void {
  usageLog().add({ audit: { ctx, entry } });
}

/** Writes what waits. For a stop, and for whoever reads right after a call. */
export function flushUsage(): Promise<void> {
  return usageLog().flush();
}
