import type { CallSettings } from '@/lib/broker/policy/types';
import type { Decision, KeyPolicy } from '@/lib/broker/types';
import type { AuthorisedConnection, ReadableConnection } from '@/lib/connections/types';
import type { ApiKeyId, PersonContext } from '@/lib/context';
import type { ApiBudget } from '@/lib/salesforce/types';

/** A key as a call uses it. */
export interface BrokerKey {
  id: ApiKeyId;
  name: string;
  /** Of the secret that was shown. */
  prefix: string;
  policy: KeyPolicy;
}

export type RefusedDecision = Extract<Decision, { allowed: false }>;

/** What the usage log and the headers of the answer say of a call. */
export interface CallFacts {
  connectionId: string | null;
  environmentId: string | null;
  /** Object or resource, such as `Account`; never a parameter. */
  target: string | null;
  /** Rows given or written. Left alone: those that `spendRows` was told of. */
  rows: number;
  /** Calls that Salesforce counted. */
  cost: number;
  /** Bytes of the answer. Left alone: those that left. */
  bytes: number;
  salesforceMilliseconds: number;
  /** Of the org, as it last said. */
  budget: ApiBudget | null;
}

/** A write that Salesforce has answered, as the audit log tells it: never values. */
export interface AuditedWrite {
  operation: 'create' | 'update' | 'delete' | 'upsert' | 'other';
  sobject: string | null;
  /** Of these the first 200 are kept. */
  recordIds: readonly string[];
  /** Of Salesforce's answer. */
  status: number;
}

/** One call of a program, for as long as it lasts. */
export interface BrokerCall {
  /** The key's owner, as whom it acts. */
  ctx: PersonContext;
  key: BrokerKey;
  /** What the routes are called in the usage log. */
  operation: string;
  /** Adds to what is known of the call; what is said again replaces what was said. */
  note(facts: Partial<CallFacts>): void;
  /**
   * A connection that may be looked at, whatever its health: one's own or shared, within the key's environments and
   * connections. `ref`: its id or alias; `environment`: slug. Throws NOT_FOUND, CONNECTION_AMBIGUOUS, POLICY_REFUSED.
   */
  find(ref: string, environment?: string | null): Promise<AuthorisedConnection>;
  /**
   * A connection that records may be read and written through now. As `find`, and throws what `requireReadable` throws,
   * ENVIRONMENT_CLOSED, API_RESERVE_REACHED and RATE_LIMITED. Whoever has it does not go through `withRecords` as well.
   */
  connection(ref: string, environment?: string | null): Promise<ReadableConnection>;
  /** What `decide` needs to know of this call on a connection. */
  settings(connection: AuthorisedConnection): CallSettings;
  /**
   * Takes rows off what this call and the day may have, before they are given or written: all of them or none. Throws
   * POLICY_REFUSED (rows_per_call, rows_per_day). Those given are counted as read through the call's connection.
   */
  spendRows(rows: number, how?: 'given' | 'written'): Promise<void>;
  /** Throws POLICY_REFUSED with the rule's name, which the audit log tells once for each key, rule and hour. */
  refuse(decision: Extract<Decision, { allowed: false }>): Promise<never>;
  /**
   * Notes a write in the audit log. Never throws: Salesforce has done it, and an error would have it sent again. What
   * cannot be noted now is noted as soon as the database answers.
   */
  auditWrite(connection: AuthorisedConnection, write: AuditedWrite): Promise<void>;
}
