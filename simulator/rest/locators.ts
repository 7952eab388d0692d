import { makeId } from '@/simulator/seed/ids';
import type { QueryEngine, RowResult } from '@/simulator/soql/run/engine';
import { Recent } from '@/simulator/soql/run/recent';
import type { SimOrg, SimUser } from '@/simulator/types';

/** "API Query Cursor Limits": a cursor lives two days; how many are open does not matter. */
const LIFETIME = 2 * 24 * 60 * 60 * 1000;

/** Row numbers kept for open cursors; an older cursor runs its query again, which gives the same rows. */
const KEPT_CELLS = 20_000_000;

interface Cursor {
  readonly soql: string;
  readonly userId: string;
  readonly orgId: string;
  readonly openedAt: number;
}

/** Query locators: `0r8…`, 18 characters, usable only by the user and org that opened them. */
export class LocatorStore {
  private readonly cursors = new Map<string, Cursor>();
  private readonly results = new Recent<RowResult>(KEPT_CELLS);
  private opened = 0;

  constructor(
    private readonly org: SimOrg,
    private readonly engine: QueryEngine,
  ) {}

  open(soql: string, user: SimUser, now: number, result: RowResult): string {
    this.forgetExpired(now);
    this.opened++;
    // An odd factor spreads the numbers without repeating one: real locators do not count up.
    const number = Number((BigInt(this.opened) * 6_364_136_223_846_793n) % 13_537_086_546_263_552n);
    const locator = makeId('0r8', this.org.orgId.slice(3, 6), number);
    this.cursors.set(locator, { soql, userId: user.id, orgId: this.org.orgId, openedAt: now });
    this.results.put(locator, result, result.rows?.length ?? 1);
    return locator;
  }

  /** The rows behind a locator; null when it is unknown, expired or somebody else's. */
  find(locator: string, user: SimUser, now: number): RowResult | null {
    const cursor = this.cursors.get(locator);
    if (!cursor || cursor.userId !== user.id || cursor.orgId !== this.org.orgId) return null;
    if (now - cursor.openedAt >= LIFETIME) return null;
    const kept = this.results.get(locator);
    if (kept) return kept;
    const result = this.engine.run(cursor.soql, user, cursor.openedAt);
    if (result.kind !== 'rows') return null;
    this.results.put(locator, result, result.rows?.length ?? 1);
    return result;
  }

  /** Every open locator is unknown from now on; their number. */
  forgetAll(): number {
    const { size } = this.cursors;
    this.cursors.clear();
    return size;
  }

  private forgetExpired(now: number): void {
    for (const [locator, cursor] of this.cursors) {
      if (now - cursor.openedAt < LIFETIME) break;
      this.cursors.delete(locator);
    }
  }
}
