import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema';
import { listDue } from '@/lib/connections/keep-alive/due';
import { listLiveGrants } from '@/lib/connections/ledger/live-grants';
import { listConnections, requireConnection, requireReadable } from '@/lib/connections/queries';
import { storeGrant } from '@/lib/connections/store-grant';
import { landingPath } from '@/lib/consent/sign-in';
import { listNotices } from '@/lib/notify/queries';
import { raiseNotices } from '@/lib/notify/raise';
import { makeAppEnvironment, settled } from '@/tests/connected';
import { makeContext } from '@/tests/factories';
import { ORG_ID, startTokenEndpoint, USER_ID } from '@/tests/token-endpoint';

/** An administrator with set-up access, and with a connection to read through when asked for. */
async function setting(withRuntime = false) {
  const endpoint = await startTokenEndpoint();
  const environment = await makeAppEnvironment(endpoint);
  const ctx = await makeContext('admin');
  const grant = () => ({
    environmentId: environment.id,
    app: endpoint.app,
    answer: endpoint.consent(),
    user: {
      orgId: ORG_ID,
      userId: USER_ID,
      username: 'ada@acme.example',
      displayName: 'Ada Lovelace',
      email: null,
      locale: null,
      timeZone: null,
    },
    ownerId: ctx.personId,
    mayPinOrg: false,
    reconnects: null,
  });
  const runtime = withRuntime ? await storeGrant(ctx, grant()) : null;
  const bootstrap = await storeGrant(ctx, { ...grant(), purpose: 'bootstrap' });
  return { endpoint, environment, ctx, grant, runtime, id: bootstrap.connectionId };
}

describe('set-up access', () => {
  it('opens no grid: its records are not found, though its facts are', async () => {
    const { ctx, id } = await setting();
    await expect(requireReadable(ctx, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await requireConnection(ctx, id)).toMatchObject({ purpose: 'bootstrap' });
  });

  it('is offered nowhere and leads no sign-in to records', async () => {
    const { ctx } = await setting();
    expect(await listConnections(ctx)).toEqual([]);
    expect(await withSystem('test', (tx) => landingPath(tx, ctx.personId))).toBe('/');
  });

  it('stands beside the connection of the same user, whichever is given anew', async () => {
    const { ctx, grant, runtime, id, endpoint } = await setting(true);
    expect(runtime?.connectionId).not.toBe(id);
    const again = await storeGrant(ctx, grant());
    expect(again).toEqual({ connectionId: runtime?.connectionId, reconnected: true });
    const renewed = await storeGrant(ctx, { ...grant(), purpose: 'bootstrap' });
    expect(renewed).toEqual({ connectionId: id, reconnected: true });
    await settled();
    expect(endpoint.liveGrants).toBe(2);
    expect((await listConnections(ctx)).map((connection) => connection.id)).toEqual([again.connectionId]);
    await expect(
      storeGrant(ctx, { ...grant(), purpose: 'bootstrap', reconnects: again.connectionId }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('counts as one of the five grants, and neither keep-alive nor a notice is for it', async () => {
    const { ctx, id, environment } = await setting();
    await withSystem('test', (tx) =>
      tx
        .update(connections)
        .set({ retrievedAt: new Date(Date.now() - 29 * 86_400_000) })
        .where(eq(connections.id, id)),
    );
    const user = { orgId: ORG_ID, salesforceUserId: USER_ID, clientId: environment.clientId };
    const live = await withSystem('test', (tx) => listLiveGrants(tx, [user]));
    expect(live.map(({ connectionId }) => connectionId)).toContain(id);
    const due = await listDue({ after: null, withoutEnvironments: [], size: 100 });
    expect(due.map((row) => row.id)).not.toContain(id);
    await withSystem('test', (tx) => raiseNotices(tx, null));
    expect(await listNotices(ctx)).toEqual([]);
  });
});
