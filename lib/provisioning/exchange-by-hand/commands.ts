import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { type Tx, withActor, withSystem } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import { giveBackGrant } from '@/lib/connections/revocation/stray/revoke-stray-token';
import type { PersonContext } from '@/lib/context';
import { type OAuthAppSecrets, openOAuthApp } from '@/lib/environments/oauth-app';
import { assertAdmin, notDeleted } from '@/lib/environments/queries';
import { AppError, type SalesforceFault, toProblem } from '@/lib/errors';
import { log } from '@/lib/log';
import { type ExchangeForm, parseExchangeForm } from '@/lib/provisioning/exchange-by-hand/schema';
import { exchangeByHand } from '@/lib/salesforce/oauth/by-hand/exchange-by-hand';
import type { ExchangedByHand, OAuthApp } from '@/lib/salesforce/types';

/**
 * Exchanges a code that an administrator brought from Salesforce, shows the answer with its tokens masked and gives the
 * grant back at once; one whose end the org does not confirm goes into the queue of stray grants. The stored secret is
 * used when none is entered and the client id is the environment's. Of production its name is asked for. Audited before
 * anything is sent, and again with what came of it. Throws INVALID_INPUT, FORBIDDEN, NOT_FOUND, and Salesforce's
 * refusals.
 */
export async function exchangeCodeByHand(
  ctx: PersonContext,
  input: { slug: string; form: unknown },
): Promise<ExchangedByHand> {
  assertAdmin(ctx);
  const form = parseExchangeForm(input.form);
  const environment = await withSystem('exchange by hand', (tx) => readEnvironment(tx, input.slug));
  const { id: environmentId, name, app: stored } = environment;
  if (environment.isProduction && form.confirmation !== name) throw notConfirmed(name);
  const { app, storedSecret } = appOf(stored, form);
  const { clientId, redirectUri, code, codeVerifier } = form;
  const audit = (state: 'started' | 'finished', outcome: 'done' | 'failed', facts: Facts) =>
    withActor(ctx, (tx) =>
      appendAudit(tx, ctx, {
        action: 'environment.exchange_code',
        subjectId: environmentId,
        outcome,
        details: { state, clientId, redirectUri, storedSecret, ...facts },
      }),
    );
  // The code is used up by now: what came of it is shown even when it cannot be written down.
  const auditEnd = (outcome: 'done' | 'failed', facts: Facts) =>
    audit('finished', outcome, facts).catch((err: unknown) =>
      log().error({ err, environmentId, outcome }, 'the end of an exchange by hand could not be audited'),
    );
  await audit('started', 'done', {});
  try {
    const exchanged = await exchangeByHand({
      app,
      redirectUri,
      code,
      codeVerifier,
      giveBack: (tokens) => giveBackGrant({ environmentId, app, grantId: randomUUID() }, tokens),
    });
    const { confirmed, fault } = exchanged.revocation;
    await auditEnd('done', { revoked: confirmed, ...fault });
    return exchanged;
  } catch (error) {
    const problem = toProblem(error);
    await auditEnd('failed', { code: problem.code, ...problem.salesforce });
    throw error;
  }
}

type Facts = { revoked?: boolean; code?: string } & Partial<SalesforceFault>;

interface StoredEnvironment {
  id: string;
  name: string;
  isProduction: boolean;
  app: OAuthAppSecrets;
}

async function readEnvironment(tx: Tx, slug: string): Promise<StoredEnvironment> {
  const [row] = await tx
    .select({
      id: environments.id,
      name: environments.name,
      isProduction: environments.isProduction,
      origin: environments.origin,
    })
    .from(environments)
    .where(and(eq(environments.slug, slug), notDeleted));
  if (!row) throw new AppError('NOT_FOUND', 'There is no such environment.');
  if (row.origin === '') {
    throw new AppError('CONFLICT', 'This environment has no address yet.', {
      nextStep: 'Enter the address of the org first.',
    });
  }
  return { ...row, app: await openOAuthApp(tx, row.id) };
}

function notConfirmed(name: string): AppError {
  return new AppError('INVALID_INPUT', 'Nothing was sent: the name of the environment is asked for first.', {
    details: { confirmation: `This is not “${name}”.` },
    nextStep: `This is production. Type “${name}” exactly as it is written.`,
  });
}

/** Stored secrets, the one before included, go out only for the app that they were entered for. */
function appOf(stored: OAuthAppSecrets, form: ExchangeForm): { app: OAuthApp; storedSecret: boolean } {
  const { tokenHost, settings } = stored;
  const isOwn = stored.clientId === form.clientId;
  const clientSecret = form.clientSecret ?? (isOwn ? stored.clientSecret : null);
  return {
    app: {
      tokenHost,
      clientId: form.clientId,
      clientSecret,
      previousSecret: isOwn ? stored.previousSecret : null,
      // How the org is asked, whichever of its apps it is.
      ...(settings && { settings }),
    },
    storedSecret: form.clientSecret === null && clientSecret !== null,
  };
}
