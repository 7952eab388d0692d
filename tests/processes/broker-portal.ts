import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { startEmbedded } from '@/db/embedded/server';
import { stopDatabase } from '@/db/start';
import type { KeyPolicy } from '@/lib/broker/types';
import { registry } from '@/lib/registry';
import { seal } from '@/lib/vault/seal';
import type { RunningOrg } from '@/simulator/server';
import { TestClient } from '@/simulator/testing/client';
import { makeApiKey } from '@/tests/api-keys';
import { makeConnection, makeEnvironment, makePerson } from '@/tests/factories';
import { freePort } from '@/tests/free-port';
import { endProcess, makeFolder, portalSettings, startScript } from './portal-process';

/** Somebody's connection, and a key that is bound to it. */
export interface Program {
  secret: string;
  connectionId: string;
}

/** Where the records of programs are. */
export interface ProgramOrg {
  org: RunningOrg;
  username: string;
  /** Left out: those of the org itself. */
  instanceUrls?: readonly string[];
  policy?: Partial<KeyPolicy>;
}

/** The production server on an embedded PostgreSQL, with people who have a connection and a key each. */
export class BrokerPortal {
  private constructor(
    readonly origin: string,
    readonly pid: number,
    /** In the order of `instanceUrls`, and `count` of each. */
    readonly programs: readonly Program[],
    readonly close: () => Promise<void>,
  ) {}

  /** `count` programs for each address; all share one grant of one Salesforce user. */
  static async open(at: ProgramOrg, count: number): Promise<BrokerPortal> {
    const folder = makeFolder();
    const database = await startEmbedded(path.join(folder.path, 'database'), {
      settings: ['max_connections=200'],
    });
    const port = await freePort();
    const instanceUrls = at.instanceUrls ?? [at.org.origin];
    const settings = {
      ...portalSettings(port, path.join(folder.path, 'portal')),
      DATABASE_URL: database.url,
      LOG_LEVEL: 'warn',
      ORGDOCK_ALLOW_HOSTS: [...new Set([at.org.origin, ...instanceUrls])].join(','),
      ORGDOCK_KEYRING: JSON.stringify({
        active: 'here',
        keys: { here: { value: randomBytes(32).toString('base64url') } },
      }),
    };
    Object.assign(process.env, settings, { ORGDOCK_DATA_DIR: path.join(folder.path, 'here') });
    registry().slots.delete('env');
    const make = await programMaker(at);
    const programs: Program[] = [];
    for (const instanceUrl of instanceUrls) {
      for (let made = 0; made < count; made += 1) programs.push(await make(instanceUrl));
    }
    await stopDatabase();
    const portal = startScript(['server.mjs'], settings);
    await portal.says('Orgdock is ready');
    const close = async () => {
      await endProcess(portal);
      await database.stop();
      folder.remove();
    };
    return new BrokerPortal(`http://localhost:${port}`, portal.child.pid ?? 0, programs, close);
  }
}

async function programMaker({ org, username, policy }: ProgramOrg) {
  const tokens = await new TestClient(org).connect(username);
  const environmentId = crypto.randomUUID();
  const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: environmentId } as const;
  const sealedConsumerSecret = await seal(org.clientSecret, place);
  const { origin, clientId } = org;
  await makeEnvironment({ id: environmentId, origin, clientId, sealedConsumerSecret });
  const salesforceUserId = tokens.id.split('/').at(-1) ?? '';
  return async (instanceUrl: string): Promise<Program> => {
    const { id: ownerId } = await makePerson();
    const id = crypto.randomUUID();
    const row = { table: 'connection_secrets', rowId: id } as const;
    const sealedTokens = {
      accessToken: await seal(tokens.access_token, { ...row, column: 'access_token' }),
      refreshToken: await seal(tokens.refresh_token, { ...row, column: 'refresh_token' }),
    };
    const { orgId, companyName: orgName, origin: tokenHost } = org;
    await makeConnection(
      { ownerId, environmentId },
      { id, orgId, orgName, salesforceUserId, instanceUrl, tokenHost, sealedTokens },
    );
    const { secret } = await makeApiKey(ownerId, { connections: [id], ...policy });
    return { secret, connectionId: id };
  };
}
