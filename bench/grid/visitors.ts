import { randomUUID } from 'node:crypto';
import { encodeSessionToken } from '@/lib/session/token';
import { seal } from '@/lib/vault/seal';
import type { RunningOrg } from '@/simulator/server';
import { TestClient, type TokenSet } from '@/simulator/testing/client';
import { makeConnection, makeEnvironment, makePerson, makeSession } from '@/tests/factories';

/** Somebody who is signed in and has connected an org. */
export interface Visitor {
  /** Header of every request of theirs. */
  cookie: string;
  connectionId: string;
}

export interface ConnectedOrg {
  org: RunningOrg;
  /** Where its records are read. */
  instanceUrl: string;
  environmentId: string;
  /** One Salesforce user for all: an org allows five grants a user, and each is used by many here. */
  userId: string;
  tokens: TokenSet;
}

/** An environment of an org, and a grant of one of its users. */
export async function connectOrg(
  org: RunningOrg,
  username: string,
  instanceUrl = org.origin,
): Promise<ConnectedOrg> {
  const tokens = await new TestClient(org).connect(username);
  const id = randomUUID();
  const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: id } as const;
  const { origin, clientId, clientSecret } = org;
  await makeEnvironment({ id, origin, clientId, sealedConsumerSecret: await seal(clientSecret, place) });
  const userId = tokens.id.split('/').at(-1) ?? '';
  return { org, instanceUrl, environmentId: id, userId, tokens };
}

/** A member with a session of their own and a connection of their own. */
export async function makeVisitor(connected: ConnectedOrg): Promise<Visitor> {
  const { org, instanceUrl, environmentId, userId, tokens } = connected;
  const person = await makePerson();
  const session = await makeSession(person.id);
  const id = randomUUID();
  const place = { table: 'connection_secrets', rowId: id } as const;
  await makeConnection(
    { ownerId: person.id, environmentId },
    {
      id,
      orgId: org.orgId,
      orgName: org.companyName,
      salesforceUserId: userId,
      instanceUrl,
      sealedTokens: {
        accessToken: await seal(tokens.access_token, { ...place, column: 'access_token' }),
        refreshToken: await seal(tokens.refresh_token, { ...place, column: 'refresh_token' }),
      },
    },
  );
  return { cookie: `orgdock.session=${await encodeSessionToken(session.id)}`, connectionId: id };
}
