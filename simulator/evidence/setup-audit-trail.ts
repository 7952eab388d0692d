import type { SetupChange } from '@/simulator/evidence/setup-change';
import { makeId } from '@/simulator/seed/ids';
import type { SimOrg } from '@/simulator/types';

/** One change in Setup as the View Setup Audit Trail tells it. */
export interface SetupRecord extends SetupChange {
  /** 18-character id, prefix 0Ym. */
  readonly id: string;
  /** Simulated time, milliseconds since the epoch. */
  readonly at: number;
  readonly createdById: string;
}

/** What administrators changed in one org. Every act is done by the org's first user. */
export class SetupAuditTrail {
  private readonly records: SetupRecord[] = [];

  constructor(private readonly org: SimOrg) {}

  note(change: SetupChange): void {
    const { org, records } = this;
    records.push({
      ...change,
      id: makeId('0Ym', org.orgId.slice(3, 6), records.length + 1),
      at: org.clock.now(),
      createdById: org.users[0]?.id ?? '',
    });
  }

  /** Oldest first. */
  list(): readonly SetupRecord[] {
    return this.records;
  }
}
