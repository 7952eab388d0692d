import { describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { identities, people } from '@/db/schema';
import { issuerOf } from '@/lib/people/queries';
import { contextOf } from '@/lib/session/context';
import { Browser } from '@/tests/browser';
import { beginUrl, comeBack, makeStubEnvironment } from '@/tests/consent';
import { asOwner } from '@/tests/database-owner';
import { startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

/** As `Promise.withResolvers`, which Node 20 does not have. */
function gate<T>() {
  let open: (value: T) => void = () => undefined;
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { open: (value: T) => open(value), opened };
}

const waitingForLocks = () =>
  asOwner(async (sql) => {
    const [row] = await sql`SELECT count(*)::int AS waiting FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return row?.waiting;
  });

describe('a first sign-in', () => {
  it('of a new member, twice at once through two environments of the org, lets both in', async () => {
    const stub = await startSalesforceStub();
    const twin = stubUser('twin', 'pinned twice');
    const values = { membership: 'everyone_of_org' as const, expectedOrgId: twin.orgId };
    const { slug } = await makeStubEnvironment(stub, values);
    const browser = new Browser();
    const url = await beginUrl(browser, { environment: slug, intent: 'sign_in' });

    // The other sign-in has stored the identity and not yet committed when this one looks for it.
    const [stored, committed] = [gate<string>(), gate<void>()];
    const other = withSystem('test', async (tx) => {
      const [person] = await tx.insert(people).values({ displayName: 'Twin' }).returning();
      const personId = person?.id ?? '';
      const identity = { personId, issuer: issuerOf(twin.orgId), subject: twin.userId };
      await tx.insert(identities).values({ ...identity, username: twin.username });
      stored.open(personId);
      await committed.opened;
    });
    const personId = await stored.opened;
    const back = comeBack(browser, slug, stub.allow(url, twin));
    await vi.waitFor(async () => expect(await waitingForLocks()).toBe(1), { timeout: 5_000 });
    committed.open();
    await other;
    expect((await back).location).toBe('/');
    expect((await contextOf(browser.headers))?.personId).toBe(personId);
  });
});
