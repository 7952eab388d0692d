import { makeId } from '@/simulator/seed/ids';
import type { SimOrg, SimUser } from '@/simulator/types';

/** "Login history … the last 20,000 entries" ("Monitor Login History"); older than six months ends as well. */
const KEPT = 20_000;

/** Where every browser of the simulated network comes from: another address than that of the portal's server. */
export const BROWSER_ADDRESS = '198.51.100.24';

/** One login as Login History tells it. */
export interface LoginRecord {
  /** 18-character id, prefix 0Ya. */
  readonly id: string;
  readonly userId: string;
  /** Simulated time, milliseconds since the epoch. */
  readonly at: number;
  /** `Application` for the org's own pages, `Remote Access 2.0` for OAuth. */
  readonly loginType: 'Application' | 'Remote Access 2.0';
  readonly sourceIp: string;
  readonly loginUrl: string;
  /** The app's label, or `Browser`. */
  readonly application: string;
  /** `Success`, or why not. */
  readonly status: string;
}

export type LoginFacts = Pick<LoginRecord, 'loginType' | 'application' | 'status'> & {
  readonly user: SimUser;
};

/** Every login at one org, failed ones too. Salesforce keeps none of a username that it does not know. */
export class LoginHistory {
  private readonly records: LoginRecord[] = [];
  private count = 0;

  constructor(private readonly org: SimOrg) {}

  note({ user, loginType, application, status }: LoginFacts): LoginRecord {
    this.count += 1;
    const { org } = this;
    const record: LoginRecord = {
      id: makeId('0Ya', org.orgId.slice(3, 6), this.count),
      userId: user.id,
      at: org.clock.now(),
      loginType,
      sourceIp: loginType === 'Application' ? BROWSER_ADDRESS : org.egressAddress,
      loginUrl: new URL(org.origin).host,
      application,
      status,
    };
    this.records.push(record);
    if (this.records.length > KEPT) this.records.splice(0, KEPT / 10);
    return record;
  }

  /** Oldest first. */
  list(): readonly LoginRecord[] {
    return this.records;
  }
}
