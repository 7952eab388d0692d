import { eq } from 'drizzle-orm';
import { type Tx, withSystem } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import {
  type JwtCredentials,
  openKeys,
  type ServiceCredentials,
} from '@/lib/connections/service/credentials';
import { assertFlowPossible } from '@/lib/connections/service/environment';
import { type KeyPair, readKeyPair } from '@/lib/connections/service/keys/key-pair';
import { findSharedKeyPair, shareNewKeyPair } from '@/lib/connections/service/keys/shared-key-pair';
import { proveCredentials, type ServiceProof } from '@/lib/connections/service/proof/prove';
import { storeProof } from '@/lib/connections/service/proof/store-proof';
import { requireServiceRow, type ServiceRow } from '@/lib/connections/service/require-row';
import { parseRenewForm, type RenewServiceForm } from '@/lib/connections/service/schema';
import type { PersonContext } from '@/lib/context';
import { assertAdmin } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';

const WHAT = {
  current: 'the same key',
  next: 'a new key',
  shared: 'the key of the app',
  own: 'a key that was brought along',
} as const;

/**
 * Proves a service connection anew and stores what came of it: with other credentials, with the key that waited for
 * its certificate, or with the same ones after Salesforce refused them. It goes on running as the same user unless
 * the form accepts another. Throws INVALID_INPUT, FORBIDDEN, NOT_FOUND, CONFLICT, CONSENT_WRONG_USER,
 * CONSENT_WRONG_ORG or Salesforce's refusal.
 */
export async function renewServiceConnection(
  ctx: PersonContext,
  { id, form: input }: { id: string; form: unknown },
): Promise<void> {
  assertAdmin(ctx);
  const form = parseRenewForm(input);
  const { row, stored, credentials } = await withSystem('service connection', (tx) => plan(tx, id, form));
  const proof = await proveCredentials(row.environmentId, credentials);
  await storeProof(ctx, {
    proof,
    credentials,
    before: async (tx) => {
      const now = await requireServiceRow(tx, id);
      assertSameUser(now, proof, form.acceptOtherUser);
      return now;
    },
    name: (before) => before?.name ?? '',
    audit: async (tx, after, before) => {
      if (form.flow === 'jwt_bearer' && form.key === 'next')
        await takeIntoUse(tx, after, stored, credentials);
      await appendAudit(tx, ctx, {
        action: 'service_connection.renew',
        subjectId: after.id,
        details: {
          grantId: after.grantId,
          generation: after.generation,
          name: after.name ?? '',
          flow: after.flow,
          orgId: after.orgId,
          username: after.username,
          usernameBefore: before?.username ?? '',
          what: form.flow === 'jwt_bearer' ? WHAT[form.key] : 'its credentials',
        },
      });
    },
  });
}

interface Plan {
  row: ServiceRow;
  /** The keys of the JWT bearer flow. */
  stored: JwtCredentials | null;
  credentials: ServiceCredentials;
}

async function plan(tx: Tx, id: string, form: RenewServiceForm): Promise<Plan> {
  const row = await requireServiceRow(tx, id);
  if (row.flow !== form.flow) {
    throw new AppError('CONFLICT', 'This service connection uses another flow.', {
      nextStep: 'Reload the page. For another flow, create another service connection.',
    });
  }
  const [environment] = await tx.select().from(environments).where(eq(environments.id, row.environmentId));
  if (!environment) throw new AppError('NOT_FOUND', 'This environment does not exist any more.');
  assertFlowPossible(environment, row.flow);
  const stored = row.flow === 'jwt_bearer' ? await openKeys(tx, row) : null;
  return { row, stored, credentials: await credentialsOf(tx, row, form, stored) };
}

async function credentialsOf(
  tx: Tx,
  row: ServiceRow,
  form: RenewServiceForm,
  stored: JwtCredentials | null,
): Promise<ServiceCredentials> {
  if (form.flow === 'client_credentials') return { flow: form.flow };
  if (form.flow === 'password') {
    const { flow, username, password, securityToken } = form;
    return { flow, username, password, securityToken };
  }
  const { flow, username } = form;
  const current = await keyOf(tx, row, form, stored);
  return { flow, username, current, next: form.key === 'next' ? null : (stored?.next ?? null) };
}

async function keyOf(
  tx: Tx,
  row: ServiceRow,
  { key, privateKey }: Extract<RenewServiceForm, { flow: 'jwt_bearer' }>,
  stored: JwtCredentials | null,
): Promise<KeyPair> {
  if (key === 'own') return readKeyPair(privateKey);
  const found =
    key === 'shared'
      ? await findSharedKeyPair(tx, { environmentId: row.environmentId, except: row.id })
      : stored?.[key];
  if (found) return found;
  throw new AppError('CONFLICT', 'There is no such key any more.', {
    nextStep: 'Reload the page and look again which keys there are.',
  });
}

/** An app holds one certificate: with the new one in place, nobody signs with the old key any more. */
async function takeIntoUse(
  tx: Tx,
  { id, environmentId }: { id: string; environmentId: string },
  stored: JwtCredentials | null,
  now: ServiceCredentials,
): Promise<void> {
  if (now.flow !== 'jwt_bearer' || !stored?.current || !now.current) return;
  await shareNewKeyPair(tx, { environmentId, except: id }, stored.current, now.current);
}

/** A prepared connection has no user yet. */
function assertSameUser(row: ServiceRow, { answer, user }: ServiceProof, acceptOtherUser: boolean): void {
  const isSame = row.orgId === answer.orgId && row.salesforceUserId === answer.userId;
  if (row.salesforceUserId === '' || isSame || acceptOtherUser) return;
  throw new AppError(
    'CONSENT_WRONG_USER',
    `This service connection runs as ${row.username}, but Salesforce let it in as ${user.username}.`,
    {
      nextStep:
        'Everybody whom it is shared with would read with the rights of the other user. If that is meant, accept the other user and try again.',
      details: { expectedUsername: row.username, actualUsername: user.username },
    },
  );
}
