import { withActor } from '@/db/client';
import { appendAudit } from '@/lib/audit/append';
import type { AuditEntry } from '@/lib/audit/entries';
import { takeFromDay } from '@/lib/broker/call/day-counters';
import { findReferenced } from '@/lib/broker/call/find-referenced';
import { noteRefusal } from '@/lib/broker/call/note-refusal';
import type { AuditedWrite, BrokerCall, CallFacts, RefusedDecision } from '@/lib/broker/call/types';
import type { Authenticated } from '@/lib/broker/keys/authenticate';
import { decideCaller, decidePlace } from '@/lib/broker/policy/decide';
import type { CallSettings } from '@/lib/broker/policy/types';
import { recordAuditLater } from '@/lib/broker/usage/usage-log';
import { assertReadable, type FoundConnection } from '@/lib/connections/queries';
import type { AuthorisedConnection, ReadableConnection } from '@/lib/connections/types';
import { assertReadingHours } from '@/lib/custody/usage/assert-reading-hours';
import { AppError } from '@/lib/errors';
import { countAgainst } from '@/lib/limits/count';
import { log } from '@/lib/log';
import { assertReserve } from '@/lib/records/reserve';

const MOST_IDS = 200;

/** A call while it lasts, with what its end is told of. */
export class OpenCall implements BrokerCall {
  readonly ctx;
  readonly key;
  readonly operation;
  readonly facts: Partial<CallFacts> = {};
  /** Rows that `spendRows` was told of. */
  spent = { given: 0, written: 0 };
  /** Calls and rows that the counters of the day have already. */
  readonly counted = { calls: 0, rows: 0 };
  /** The connection through which rows are read. */
  opened: ReadableConnection | null = null;
  today;
  readonly at;

  constructor({ ctx, key, at, today }: Authenticated, operation: string) {
    this.ctx = ctx;
    this.key = key;
    this.at = at;
    this.today = today;
    this.operation = operation;
  }

  /** Refuses by where and when the call comes from, and counts it against the calls of the day. */
  async admit(): Promise<void> {
    const decision = decideCaller(this.key.policy, { at: this.at, address: this.ctx.request.ip });
    if (!decision.allowed) return await this.refuse(decision);
    const { callsPerDay } = this.key.policy;
    if (callsPerDay === null) return;
    const calls = await takeFromDay(this.ctx, 'calls', { count: 1, limit: callsPerDay });
    if (calls === null) {
      this.today = { ...this.today, calls: callsPerDay };
      const reason = `The ${callsPerDay} calls that this key has in a day (UTC) are used up.`;
      return await this.refuse({ allowed: false, rule: 'calls_per_day', reason, because: [] });
    }
    this.counted.calls = 1;
    this.today = { ...this.today, calls: calls - 1 };
  }

  note = (facts: Partial<CallFacts>): void => {
    Object.assign(this.facts, facts);
  };

  find = async (ref: string, environment: string | null = null): Promise<AuthorisedConnection> =>
    (await this.findWithin(ref, environment)).connection;

  private async findWithin(ref: string, environment: string | null): Promise<FoundConnection> {
    const found = await findReferenced(this.ctx, this.key.policy, { ref, environment });
    const { connection } = found;
    this.note({ connectionId: connection.id, environmentId: connection.environment.id });
    const decision = decidePlace(this.key.policy, this.settings(connection));
    return decision.allowed ? found : await this.refuse(decision);
  }

  connection = async (ref: string, environment: string | null = null): Promise<ReadableConnection> => {
    const connection = await assertReadable(this.ctx, await this.findWithin(ref, environment));
    const { apiReservePercent } = await assertReadingHours(this.ctx, connection);
    assertReserve(connection, apiReservePercent);
    await countAgainst('api_records', this.ctx.personId);
    this.opened = connection;
    return connection;
  };

  settings = (connection: AuthorisedConnection): CallSettings => ({
    at: this.at,
    address: this.ctx.request.ip,
    environmentId: connection.environment.id,
    connectionId: connection.id,
    today: this.today,
  });

  spendRows = async (rows: number, how: 'given' | 'written' = 'given'): Promise<void> => {
    const { rowsPerCall, rowsPerDay } = this.key.policy;
    const inThisCall = this.spent.given + this.spent.written + rows;
    if (rowsPerCall !== null && inThisCall > rowsPerCall) {
      const reason = `This key has ${rowsPerCall} rows a call, and this one is about ${inThisCall} at least.`;
      return await this.refuse({ allowed: false, rule: 'rows_per_call', reason, because: [] });
    }
    if (rowsPerDay !== null && rows > 0) {
      if ((await takeFromDay(this.ctx, 'rows', { count: rows, limit: rowsPerDay })) === null) {
        const reason = `Of the ${rowsPerDay} rows that this key has in a day (UTC), fewer than ${rows} are left.`;
        return await this.refuse({ allowed: false, rule: 'rows_per_day', reason, because: [] });
      }
      this.counted.rows += rows;
    }
    this.spent[how] += rows;
  };

  refuse = async ({ rule, reason }: RefusedDecision): Promise<never> => {
    const { connectionId = null } = this.facts;
    await noteRefusal(this.ctx, { rule, reason, operation: this.operation, connectionId });
    throw new AppError('POLICY_REFUSED', reason, {
      nextStep: `The owner of the key “${this.key.name}” or an administrator of Orgdock can change its policy.`,
      details: { rule },
    });
  };

  auditWrite = async (connection: AuthorisedConnection, write: AuditedWrite): Promise<void> => {
    const entry: AuditEntry = {
      action: 'record.write',
      subjectId: connection.id,
      outcome: write.status >= 200 && write.status < 400 ? 'done' : 'failed',
      details: { ...write, recordIds: write.recordIds.slice(0, MOST_IDS) },
    };
    try {
      await withActor(this.ctx, (tx) => appendAudit(tx, this.ctx, entry));
    } catch (err) {
      log().error({ err, connectionId: connection.id }, 'a write is audited later');
      recordAuditLater(this.ctx, entry);
    }
  };
}
