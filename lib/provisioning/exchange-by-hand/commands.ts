import { and, eq } from 'drizzle-orm';
import { type Tx, withActor, withSystem } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { assertAdmin, notDeleted } from '@/lib/environments/queries';
import { AppError, toProblem } from '@/lib/errors';
import { type ExchangeForm, parseExchangeForm } from '@/lib/provisioning/exchange-by-hand/schema';
import { exchangeByHand } from '@/lib/salesforce/oauth/by-hand/exchange-by-hand';
import type { ExchangedByHand, OAuthApp } from '@/lib/salesforce/types';

/**
 * Exchanges a code that an administrator brought from Salesforce, shows the answer with its tokens masked and gives the
 * grant back at once. The stored secret is used when none is entered and the client id is the environment's. Nothing is
 * stored but the audit row. Throws INVALID_INPUT, FORBIDDEN, NOT_FOUND, and Salesforce's refusals.
 */
export async function exchangeCodeByHand(
  ctx: PersonContext,
  input: { slug: string; form: unknown },
): Promise<ExchangedByHand> {
  assertAdmin(ctx);
  const form = parseExchangeForm(input.form);
  const environment = await withSystem('exchange by hand', (tx) => readEnvironment(tx, input.slug));
  const { app, storedSecret } = appOf(environment.app, form);
  const audit = (outcome: 'done' | 'failed', facts: Record<string, unknown>) =>
    withActor(ctx, (tx) =>
      appendAudit(tx, ctx, {
        action: 'environment.exchange_code',
        subjectId: environment.id,
        outcome,
        details: { clientId: form.clientId, redirectUri: form.redirectUri, storedSecret, ...facts },
      }),
    );
  try {
    const { redirectUri, code, codeVerifier } = form;
    const exchanged = await exchangeByHand({ app, redirectUri, code, codeVerifier });
    const { confirmed, fault } = exchanged.revocation;
    await audit('done', { revoked: confirmed, ...fault });
    return exchanged;
  } catch (error) {
    const problem = toProblem(error);
    await audit('failed', { code: problem.code, ...problem.salesforce });
    throw error;
  }
}

async function readEnvironment(tx: Tx, slug: string): Promise<{ id: string; app: OAuthApp }> {
  const [row] = await tx
    .select({ id: environments.id, origin: environments.origin })
    .from(environments)
    .where(and(eq(environments.slug, slug), notDeleted));
  if (!row) throw new AppError('NOT_FOUND', 'There is no such environment.');
  if (row.origin === '') {
    throw new AppError('CONFLICT', 'This environment has no address yet.', {
      nextStep: 'Enter the address of the org first.',
    });
  }
  return { id: row.id, app: await openOAuthApp(tx, row.id) };
}

/** A stored secret goes out only for the app that it was entered for. */
function appOf(stored: OAuthApp, form: ExchangeForm): { app: OAuthApp; storedSecret: boolean } {
  const own = stored.clientId === form.clientId && form.clientSecret === null;
  const clientSecret = own ? stored.clientSecret : form.clientSecret;
  return {
    app: { ...stored, clientId: form.clientId, clientSecret },
    storedSecret: own && clientSecret !== null,
  };
}
