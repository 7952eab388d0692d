import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import * as schema from '@/db/schema';
import type {
  ConnectionId,
  EnvironmentId,
  PersonContext,
  PersonId,
  Role,
  SessionId,
  SystemContext,
} from '@/lib/context';

export type PersonRow = typeof schema.people.$inferSelect & { id: PersonId };
export type SessionRow = typeof schema.sessions.$inferSelect & { id: SessionId };
export type EnvironmentRow = typeof schema.environments.$inferSelect & { id: EnvironmentId };
export type ConnectionRow = typeof schema.connections.$inferSelect & { id: ConnectionId };

type Overrides<Table extends { $inferInsert: unknown }> = Partial<Table['$inferInsert']>;

const REASON = 'test data';

/** A person of the portal; a member unless told otherwise. */
export async function makePerson(values: Overrides<typeof schema.people> = {}): Promise<PersonRow> {
  const row = { displayName: `Person ${shortId()}`, email: `${shortId()}@example.com`, ...values };
  return only(
    await withSystem(REASON, (tx) => tx.insert(schema.people).values(row).returning()),
  ) as PersonRow;
}

/** A live session of a person. */
export async function makeSession(
  personId: string,
  values: Overrides<typeof schema.sessions> = {},
): Promise<SessionRow> {
  const expiresAt = new Date(Date.now() + 7 * 24 * 3600_000);
  const row = { personId, expiresAt, signedInVia: 'test', ...values };
  return only(
    await withSystem(REASON, (tx) => tx.insert(schema.sessions).values(row).returning()),
  ) as SessionRow;
}

/** A person with a session, as `lib/session` would hand it to a page. */
export async function makeContext(role: Role = 'member'): Promise<PersonContext> {
  const person = await makePerson({ role });
  const session = await makeSession(person.id);
  return contextOf(person, session.id);
}

/** The context of a person; without a session row the session id is made up. */
export function contextOf(
  person: PersonRow,
  sessionId: SessionId = randomUUID() as SessionId,
): PersonContext {
  return {
    kind: 'person',
    personId: person.id,
    displayName: person.displayName,
    role: person.role,
    sessionId,
    authenticatedAt: new Date(),
    locale: person.locale,
    timeZone: person.timeZone,
    request: { requestId: shortId(), ip: '192.0.2.1', userAgent: 'vitest' },
  };
}

/** The portal itself as the actor. */
export function systemContext(reason = REASON): SystemContext {
  return { kind: 'system', reason, request: null };
}

/** An environment that allows signing in; its secret, when given, must be sealed already. */
export async function makeEnvironment(
  values: Overrides<typeof schema.environments> & { sealedConsumerSecret?: string } = {},
): Promise<EnvironmentRow> {
  const { sealedConsumerSecret, ...overrides } = values;
  const slug = `env-${shortId()}`;
  const row = {
    slug,
    name: `Environment ${slug}`,
    kind: 'sandbox' as const,
    origin: 'https://acme--test.sandbox.my.salesforce.com',
    clientId: `3MVG9${shortId()}`,
    apiVersion: '66.0',
    scopes: ['api', 'refresh_token', 'openid'],
    allowSignIn: true,
    ...overrides,
  };
  return withSystem(REASON, async (tx) => {
    const made = only(await tx.insert(schema.environments).values(row).returning());
    if (sealedConsumerSecret !== undefined) {
      const secret = { environmentId: made.id, consumerSecret: sealedConsumerSecret };
      await tx.insert(schema.environmentSecrets).values(secret);
    }
    return made as EnvironmentRow;
  });
}

/** A healthy connection; its tokens, when given, must be sealed already, bound to the id given in `values`. */
export async function makeConnection(
  owner: { ownerId: string | null; environmentId: string },
  values: Overrides<typeof schema.connections> & {
    sealedTokens?: { accessToken: string; refreshToken: string };
  } = {},
): Promise<ConnectionRow> {
  const { sealedTokens, ...overrides } = values;
  const { tokenHost, clientId } = overrides;
  const row = {
    ...owner,
    ...(tokenHost && clientId ? { tokenHost, clientId } : await readApp(owner.environmentId)),
    orgId: '00D000000000001EAA',
    orgName: 'Acme Corporation',
    salesforceUserId: `005${shortId()}`.padEnd(18, '0').slice(0, 18),
    username: `${shortId()}@acme.example`,
    userDisplayName: 'Ada Example',
    locale: 'en_US',
    timeZone: 'America/New_York',
    instanceUrl: 'https://acme--test.sandbox.my.salesforce.com',
    scopes: ['api', 'refresh_token'],
    grantId: randomUUID(),
    ...overrides,
  };
  return withSystem(REASON, async (tx) => {
    const made = only(await tx.insert(schema.connections).values(row).returning());
    if (sealedTokens) {
      await tx.insert(schema.connectionSecrets).values({ connectionId: made.id, ...sealedTokens });
    }
    return made as ConnectionRow;
  });
}

/** The app that an environment has now. */
async function readApp(environmentId: string): Promise<{ tokenHost: string; clientId: string }> {
  const { origin, clientId } = schema.environments;
  return only(
    await withSystem(REASON, (tx) =>
      tx
        .select({ tokenHost: origin, clientId })
        .from(schema.environments)
        .where(eq(schema.environments.id, environmentId)),
    ),
  );
}

function shortId(): string {
  return randomBytes(5).toString('hex');
}

function only<T>(rows: T[]): T {
  const [row] = rows;
  if (row === undefined || rows.length !== 1) throw new Error(`expected one row, got ${rows.length}`);
  return row;
}
