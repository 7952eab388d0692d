import type { SimulatorActInput } from '@/simulator/control/acts';
import type { FaultSummary, GrantSummary, LedgerAnswer, OrgSummary } from '@/simulator/control/summaries';
import type { FaultInput } from '@/simulator/faults/spec';
import type { IssuedSecret } from '@/simulator/state/issued';
import type { LedgerCounts, LedgerEntry } from '@/simulator/types';

/** Drives a running simulator from a test, over its control API. Every refusal throws with its words. */
export class ControlClient {
  constructor(private readonly controlOrigin: string) {}

  listOrgs(): Promise<OrgSummary[]> {
    return this.call('GET', '/orgs');
  }

  /** Requests after a sequence number, of one org or of all, oldest first. */
  async listRequests(filter: { org?: string; after?: number } = {}): Promise<LedgerEntry[]> {
    return (await this.ledger(filter)).entries;
  }

  /** Violations, unknown things, refreshes since the last reset. */
  async counts(): Promise<LedgerCounts> {
    return (await this.ledger({})).counts;
  }

  async clearLedger(): Promise<void> {
    await this.call('DELETE', '/ledger');
  }

  listGrants(org: string): Promise<GrantSummary[]> {
    return this.call('GET', `/orgs/${encodeURIComponent(org)}/grants`);
  }

  /** Every token, code, verifier and secret that any org gave out or was shown since the start, in the clear. */
  listIssued(): Promise<IssuedSecret[]> {
    return this.call('GET', '/issued');
  }

  /** Arms a fault; its id. */
  async addFault(fault: FaultInput): Promise<number> {
    return (await this.call<FaultSummary>('POST', '/faults', fault)).id;
  }

  listFaults(): Promise<FaultSummary[]> {
    return this.call('GET', '/faults');
  }

  async removeFault(id: number): Promise<void> {
    await this.call('DELETE', `/faults/${id}`);
  }

  async clearFaults(): Promise<void> {
    await this.call('DELETE', '/faults');
  }

  /** Does something in an org at once; the number of things changed. */
  async act(act: SimulatorActInput): Promise<number> {
    return (await this.call<{ changed: number }>('POST', '/acts', act)).changed;
  }

  /** Simulated time, milliseconds since the epoch. */
  async now(): Promise<number> {
    return (await this.call<{ now: number }>('GET', '/clock')).now;
  }

  /** Advances simulated time and runs what falls due; the new time. */
  async advanceClock(advanceMs: number): Promise<number> {
    return (await this.call<{ now: number }>('POST', '/clock', { advanceMs })).now;
  }

  /** Everything as it was at the start. */
  async reset(): Promise<void> {
    await this.call('POST', '/reset');
  }

  private ledger({ org, after }: { org?: string; after?: number }): Promise<LedgerAnswer> {
    const query = new URLSearchParams();
    if (org !== undefined) query.set('org', org);
    if (after !== undefined) query.set('after', String(after));
    return this.call('GET', `/ledger?${query}`);
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.controlOrigin + path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const value = (await response.json()) as T & { message?: string };
    if (!response.ok) throw new Error(`The simulator refused ${method} ${path}: ${value.message}`);
    return value;
  }
}
