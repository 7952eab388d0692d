import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '@/db/client';
import { databaseNow } from '@/db/schema/base';
import { serviceCredentials } from '@/db/schema/connections';
import { certificateFacts } from '@/lib/connections/service/keys/key-pair';
import type { ServiceFlow } from '@/lib/connections/types';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { open, seal } from '@/lib/vault/seal';

const keyPairSchema = z.strictObject({ privateKey: z.string(), certificate: z.string().nullable() });

/** The sealed value: a JSON object, so that no part can run into another. */
const secretSchema = {
  /** `current` signs; `next` waits until its certificate is in Salesforce. */
  jwt_bearer: z.strictObject({ current: keyPairSchema.nullable(), next: keyPairSchema.nullable() }),
  password: z.strictObject({ password: z.string(), securityToken: z.string() }),
};

/** What a service connection proves itself with. The app's own secret is the environment's. */
export type ServiceCredentials =
  | { flow: 'client_credentials' }
  | ({ flow: 'jwt_bearer'; username: string } & z.infer<typeof secretSchema.jwt_bearer>)
  | ({ flow: 'password'; username: string } & z.infer<typeof secretSchema.password>);

export type JwtCredentials = Extract<ServiceCredentials, { flow: 'jwt_bearer' }>;

/** Seals the credentials of a connection and stores them in place of those before. Client credentials have none. */
export async function storeCredentials(
  systemTx: Tx,
  connectionId: string,
  credentials: ServiceCredentials,
): Promise<void> {
  if (credentials.flow === 'client_credentials') return;
  const { flow: _, username, ...secret } = credentials;
  const place = { table: 'service_credentials', column: 'secret', rowId: connectionId } as const;
  const row = {
    username,
    secret: await seal(JSON.stringify(secret), place),
    certificateFingerprint: fingerprintOf(credentials),
    updatedAt: databaseNow,
  };
  await systemTx
    .insert(serviceCredentials)
    .values({ connectionId, ...row })
    .onConflictDoUpdate({ target: serviceCredentials.connectionId, set: row });
}

/** Opens the credentials of a connection. Throws NOT_FOUND when they were deleted, or the vault's errors. */
export async function openCredentials(
  systemTx: Tx,
  { connectionId, flow }: { connectionId: string; flow: ServiceFlow },
): Promise<ServiceCredentials> {
  if (flow === 'client_credentials') return { flow };
  const [row] = await systemTx
    .select()
    .from(serviceCredentials)
    .where(eq(serviceCredentials.connectionId, connectionId));
  if (!row) throw new AppError('NOT_FOUND', 'This service connection has no credentials any more.');
  const { username } = row;
  const place = { table: 'service_credentials', column: 'secret', rowId: connectionId } as const;
  const secret = await open(row.secret, place);
  return flow === 'jwt_bearer'
    ? { flow, username, ...parse(secretSchema.jwt_bearer, secret) }
    : { flow, username, ...parse(secretSchema.password, secret) };
}

/** The parser's own words may quote what was sealed. */
function parse<T>(schema: z.ZodType<T>, secret: string): T {
  try {
    return schema.parse(JSON.parse(secret));
  } catch {
    throw new AppError('VAULT_VALUE_DAMAGED', 'The credentials of this service connection cannot be read.', {
      nextStep: 'Replace the credentials.',
    });
  }
}

/** As `openCredentials` for the keys of a JWT bearer connection; one that cannot be opened any more has none. */
export async function openKeys(
  systemTx: Tx,
  { id, username }: { id: string; username: string },
): Promise<JwtCredentials> {
  const flow = 'jwt_bearer';
  try {
    const credentials = await openCredentials(systemTx, { connectionId: id, flow });
    if (credentials.flow === flow) return credentials;
  } catch (err) {
    if (!(err instanceof AppError)) throw err;
    log().error({ err, connectionId: id }, 'the keys of a service connection could not be opened');
  }
  return { flow, username, current: null, next: null };
}

function fingerprintOf(credentials: ServiceCredentials): string | null {
  if (credentials.flow !== 'jwt_bearer') return null;
  const certificate = (credentials.current ?? credentials.next)?.certificate;
  return certificate ? certificateFacts(certificate).fingerprint : null;
}
