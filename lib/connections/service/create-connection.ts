import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import { findFreeAlias } from '@/lib/connections/alias/find-free-alias';
import { type ServiceCredentials, storeCredentials } from '@/lib/connections/service/credentials';
import { assertFlowPossible, requireServiceEnvironment } from '@/lib/connections/service/environment';
import { certificateFacts, makeKeyPair, readKeyPair } from '@/lib/connections/service/keys/key-pair';
import { findSharedKeyPair } from '@/lib/connections/service/keys/shared-key-pair';
import { proveCredentials } from '@/lib/connections/service/proof/prove';
import { assertNameIsFree, storeProof } from '@/lib/connections/service/proof/store-proof';
import { type CreateServiceForm, parseCreateForm } from '@/lib/connections/service/schema';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';

type Environment = Awaited<ReturnType<typeof requireServiceEnvironment>>;
type JwtForm = Extract<CreateServiceForm, { flow: 'jwt_bearer' }>;

/**
 * Creates a service connection once Salesforce has given it a first token, which says whom it runs as. Only a JWT
 * bearer connection whose key Orgdock makes is stored before, without any grant: its certificate has to be uploaded
 * first. Throws INVALID_INPUT, FORBIDDEN, NOT_FOUND, Salesforce's refusal, or CONSENT_WRONG_ORG with both names.
 */
export async function createServiceConnection(
  ctx: PersonContext,
  { slug, form: input }: { slug: string; form: unknown },
): Promise<{ id: string }> {
  const environment = await requireServiceEnvironment(ctx, slug);
  const form = parseCreateForm(input);
  assertFlowPossible(environment, form.flow);
  if (form.flow === 'jwt_bearer' && form.key === 'make') return await prepare(ctx, environment, form);
  const credentials = await credentialsOf(form, environment);
  // Said before Salesforce is asked; what counts is the look in the transaction.
  await withSystem('service connection', (tx) => assertNameIsFree(tx, nameOf(environment, form)));
  const proof = await proveCredentials(environment.id, credentials);
  const id = await storeProof(ctx, {
    proof,
    credentials,
    before: async () => null,
    name: () => form.name,
    audit: async (tx, row) =>
      appendAudit(tx, ctx, {
        action: 'service_connection.create',
        subjectId: row.id,
        details: {
          name: form.name,
          flow: form.flow,
          environmentId: environment.id,
          grantId: row.grantId,
          generation: row.generation,
          orgId: row.orgId,
          username: row.username,
        },
      }),
  });
  return { id };
}

/** The key is made and waits: what is stored has no token and nothing can be read through it. */
async function prepare(ctx: PersonContext, environment: Environment, form: JwtForm): Promise<{ id: string }> {
  const next = await makeKeyPair(`Orgdock ${environment.name}`);
  const credentials = { flow: form.flow, username: form.username, current: null, next };
  return await withSystem('service connection', async (tx) => {
    await tx
      .select({ id: environments.id })
      .from(environments)
      .where(eq(environments.id, environment.id))
      .for('no key update');
    await assertNameIsFree(tx, nameOf(environment, form));
    const id = randomUUID();
    const alias = await findFreeAlias(tx, { id, environmentId: environment.id, ...form });
    const values = { ...withoutGrant(environment, form), id, alias };
    const [row] = await tx.insert(connections).values(values).returning();
    if (!row) throw new Error('The service connection was not stored.');
    await storeCredentials(tx, row.id, credentials);
    await appendAudit(tx, ctx, {
      action: 'service_connection.prepare_key',
      subjectId: row.id,
      details: { name: form.name, fingerprint: certificateFacts(next.certificate).fingerprint },
    });
    return { id: row.id };
  });
}

function withoutGrant(environment: Environment, { name, username }: JwtForm) {
  return {
    environmentId: environment.id,
    ownerId: null,
    name,
    flow: 'jwt_bearer' as const,
    orgId: environment.expectedOrgId ?? '',
    orgName: environment.expectedOrgName,
    salesforceUserId: '',
    username,
    userDisplayName: username,
    instanceUrl: environment.origin,
    tokenHost: environment.origin,
    clientId: environment.clientId,
    scopes: [],
    grantId: randomUUID(),
    state: 'disconnected' as const,
  };
}

function nameOf(environment: Environment, { name }: CreateServiceForm) {
  return { environmentId: environment.id, name, except: null };
}

async function credentialsOf(form: CreateServiceForm, environment: Environment): Promise<ServiceCredentials> {
  if (form.flow === 'client_credentials') return { flow: form.flow };
  if (form.flow === 'password') {
    const { flow, username, password, securityToken } = form;
    return { flow, username, password, securityToken };
  }
  const { flow, username, key, privateKey } = form;
  if (key === 'own') return { flow, username, current: readKeyPair(privateKey), next: null };
  const at = { environmentId: environment.id, except: null };
  const current = await withSystem('service connection', (tx) => findSharedKeyPair(tx, at));
  if (current) return { flow, username, current, next: null };
  throw new AppError('INVALID_INPUT', 'No service connection of this environment has a key yet.', {
    details: { key: 'No service connection of this environment has a key yet.' },
    nextStep: 'Let Orgdock make one.',
  });
}
