import { eq } from 'drizzle-orm';
import { withActor } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import { type HandedOutToken, tokenRequestSchema } from '@/lib/broker/api-schemas/token';
import type { BrokerCall } from '@/lib/broker/call/types';
import { decideRawToken } from '@/lib/broker/policy/decide';
import { readInput } from '@/lib/broker/proxy/read-input';
import { tokenSource } from '@/lib/connections/token-source';
import type { ReadableConnection } from '@/lib/connections/types';
import { AppError } from '@/lib/errors';

/**
 * The one way by which an access token leaves Orgdock: to a key whose policy allows it, of an environment that allows it,
 * once the audit log says so. A caller whose token has ended has it renewed, as any call would. Throws POLICY_REFUSED
 * (`raw_token`), FORBIDDEN, and what keeps a connection from serving.
 */
export async function handOutToken(
  call: BrokerCall,
  connection: ReadableConnection,
  request: Request,
): Promise<HandedOutToken> {
  const decision = decideRawToken(call.key.policy, call.settings(connection));
  if (!decision.allowed) return await call.refuse(decision);
  await requireAllowed(call, connection);
  const { ended, generation } = await readInput(request, tokenRequestSchema, 1_000);
  if (ended !== (generation === undefined ? undefined : true)) {
    throw new AppError('INVALID_INPUT', '“ended” and “generation” go together.', {
      nextStep: 'Send both, as they came with the token that has ended, or neither.',
    });
  }
  const source = tokenSource(connection, call.ctx.personId);
  const grant = generation === undefined ? await source.current() : await source.renew(generation);
  const issuedAt = await auditHandOut(call, connection);
  await source.used();
  const { accessToken, instanceUrl } = grant;
  const { apiVersion } = connection;
  return { accessToken, instanceUrl, apiVersion, generation: grant.generation, issuedAt };
}

async function requireAllowed(call: BrokerCall, { environment }: ReadableConnection): Promise<void> {
  const [row] = await withActor(call.ctx, (tx) =>
    tx
      .select({ allowed: environments.allowRawTokens })
      .from(environments)
      .where(eq(environments.id, environment.id)),
  );
  if (row?.allowed) return;
  throw new AppError('FORBIDDEN', `${environment.name} hands out no access tokens.`, {
    nextStep:
      'Call Salesforce through the proxy, or ask an administrator of Orgdock to allow it for the environment.',
  });
}

/** Nothing leaves that is not written down. When the token was issued. */
async function auditHandOut(call: BrokerCall, { id, environment, ...connection }: ReadableConnection) {
  return await withActor(call.ctx, async (tx) => {
    await appendAudit(tx, call.ctx, {
      action: 'token.hand_out',
      subjectId: id,
      outcome: 'done',
      details: { environmentId: environment.id, orgId: connection.orgId, username: connection.username },
    });
    const [row] = await tx
      .select({ at: connections.retrievedAt })
      .from(connections)
      .where(eq(connections.id, id));
    return (row?.at ?? new Date(connection.retrievedAt)).toISOString();
  });
}
