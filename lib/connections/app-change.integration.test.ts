import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, environments } from '@/db/schema';
import { disconnectConnection } from '@/lib/connections/commands';
import { requireConnection } from '@/lib/connections/queries';
import { storeGrant } from '@/lib/connections/store-grant';
import { updateEnvironment } from '@/lib/environments/commands';
import { registry } from '@/lib/registry';
import { callThrough, claim, makeConnected, readStored, setPolicy } from '@/tests/connected';
import { type EnvironmentRow, makeContext } from '@/tests/factories';
import { allowOrigins } from '@/tests/loopback';
import { ORG_ID, startTokenEndpoint, type TokenEndpoint, USER_ID } from '@/tests/token-endpoint';

beforeEach(() => {
  for (const slot of ['flights', 'pauses', 'appPauses']) registry().slots.delete(`connections.${slot}`);
  setPolicy({
    poll: { first: 10, longest: 10 },
    callerWaitMs: 2_000,
    storePauseMs: { first: 5, longest: 20 },
  });
});

const NEW_SECRET = 'the-secret-of-the-new-app';

/** A connection, and a second org to which its environment can be turned. */
async function setting() {
  const endpoint = await startTokenEndpoint();
  const elsewhere = await startTokenEndpoint();
  allowOrigins(endpoint.origin, elsewhere.origin);
  return { endpoint, elsewhere, ...(await makeConnected(endpoint)) };
}

/** What an administrator saves. */
async function save({ slug, name, kind, origin, clientId }: EnvironmentRow, changes: object) {
  const form = { name, kind, origin, clientId, consumerSecret: NEW_SECRET, ...changes };
  await updateEnvironment(await makeContext('admin'), { slug, form });
}

/** Notes the forms that an endpoint gets at its revoke endpoint. */
function noteRevocations(endpoint: TokenEndpoint) {
  const forms: Array<Record<string, string>> = [];
  const handle = endpoint.handle.bind(endpoint);
  endpoint.handle = (request, response) => {
    if (request.url.pathname.endsWith('/revoke'))
      forms.push(Object.fromEntries(new URLSearchParams(request.body)));
    return handle(request, response);
  };
  return forms;
}

const settled = () => Promise.all(registry().unfinished);

describe.each(['consumer key', 'address'] as const)('an app that got another %s', (what) => {
  async function changed() {
    const at = await setting();
    await save(
      at.environment,
      what === 'address' ? { origin: at.elsewhere.origin } : { clientId: 'another' },
    );
    return at;
  }

  it('sends no refresh token, and says when the app was changed', async () => {
    const { endpoint, elsewhere, connection, source, ctx } = await changed();
    expect(await callThrough(endpoint, source)).toBe(true);
    endpoint.expireAccessTokens();
    await expect(callThrough(endpoint, source)).rejects.toMatchObject({ code: 'GRANT_APP_CHANGED' });
    expect(await claim({ ...connection, connectionId: connection.id })).toBeNull();
    expect([endpoint.refreshes, elsewhere.refreshes]).toEqual([0, 0]);
    const { row, attempts } = await readStored(connection.id);
    expect(row).toMatchObject({ state: 'idle', fence: 0, leaseOwner: null });
    expect(attempts).toEqual([]);
    const { health, problem } = await requireConnection(ctx, connection.id);
    expect(health).toBe('needs_reconnect');
    expect(problem).toMatchObject({
      code: 'GRANT_APP_CHANGED',
      message: expect.stringMatching(/^The app of this environment was changed on \d+ \w+ \d{4}\.$/),
      nextStep: expect.stringContaining('Reconnect'),
      salesforce: null,
    });
  });

  it('is not named when the grant of the app before is revoked at its own host', async () => {
    const { endpoint, elsewhere, connection, ctx } = await changed();
    const { refreshToken } = await readStored(connection.id);
    const [forms, strayForms] = [noteRevocations(endpoint), noteRevocations(elsewhere)];
    await disconnectConnection(ctx, connection.id);
    expect(forms).toEqual([{ token: refreshToken }]);
    expect(strayForms).toEqual([]);
    expect(await requireConnection(ctx, connection.id)).toMatchObject({
      health: 'disconnected',
      revocation: 'confirmed',
    });
  });

  it('is mended by a new consent, which revokes the old grant without it', async () => {
    const { endpoint, elsewhere, connection, environment, ctx } = await changed();
    const { refreshToken } = await readStored(connection.id);
    const forms = noteRevocations(endpoint);
    const consented = what === 'address' ? elsewhere : endpoint;
    const clientId = what === 'address' ? environment.clientId : 'another';
    const { connectionId, reconnected } = await storeGrant(ctx, {
      environmentId: environment.id,
      app: { tokenHost: consented.origin, clientId, clientSecret: NEW_SECRET },
      answer: consented.consent(),
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
      reconnects: connection.id,
    });
    await settled();
    expect([connectionId, reconnected]).toEqual([connection.id, true]);
    expect(forms).toEqual([{ token: refreshToken }]);
    expect((await readStored(connection.id)).row).toMatchObject({ clientId, tokenHost: consented.origin });
    expect(await requireConnection(ctx, connection.id)).toMatchObject({ health: 'healthy', problem: null });
  });

  it('changes nothing for long when it is changed back', async () => {
    const { endpoint, connection, environment, source, ctx } = await changed();
    await save(environment, { consumerSecret: endpoint.clientSecret });
    endpoint.expireAccessTokens();
    expect(await callThrough(endpoint, source)).toBe(true);
    expect(await requireConnection(ctx, connection.id)).toMatchObject({ health: 'healthy', problem: null });
  });
});

describe('an environment that keeps its app', () => {
  it('may get another name and another secret', async () => {
    const { endpoint, environment, connection, source, ctx } = await setting();
    endpoint.clientSecret = NEW_SECRET;
    await save(environment, { name: `Renamed ${randomUUID()}` });
    endpoint.expireAccessTokens();
    expect(await callThrough(endpoint, source)).toBe(true);
    expect((await requireConnection(ctx, connection.id)).health).toBe('healthy');
    const [saved] = await withSystem('test', (tx) =>
      tx.select().from(environments).where(eq(environments.id, environment.id)),
    );
    expect(saved?.appChangedAt).toEqual(environment.appChangedAt);
    expect(saved?.updatedAt).not.toEqual(environment.updatedAt);
  });
});

describe('a connection that is gone', () => {
  it('has nothing to claim', async () => {
    const { connection } = await setting();
    await withSystem('test', (tx) => tx.delete(connections).where(eq(connections.id, connection.id)));
    expect(await claim({ ...connection, connectionId: connection.id })).toBeNull();
  });
});
