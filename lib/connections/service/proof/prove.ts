import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { fetchOrgFacts, type OrgFacts } from '@/lib/connections/org-facts';
import { withinOrNull } from '@/lib/connections/refresh/clock';
import type { ServiceCredentials } from '@/lib/connections/service/credentials';
import { giveBack } from '@/lib/connections/service/proof/give-back';
import { requestWithEitherSecret } from '@/lib/connections/service/request/request-with-either-secret';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { holdStop } from '@/lib/registry';
import { serviceGrantError } from '@/lib/salesforce/oauth/service/errors';
import { fetchUserInfo } from '@/lib/salesforce/oauth/userinfo';
import type { OAuthApp, ServiceOutcome, TokenAnswer, UserInfo } from '@/lib/salesforce/types';

/** That Salesforce takes the credentials, and whom they run as. */
export interface ServiceProof {
  environmentId: string;
  app: OAuthApp;
  /** New with every proof. */
  grantId: string;
  answer: TokenAnswer;
  user: UserInfo;
  org: OrgFacts;
}

/**
 * Obtains a first access token and asks whom it belongs to. Nothing is stored. Throws Salesforce's refusal in words for
 * an administrator; a token that came all the same is given back.
 */
export async function proveCredentials(
  environmentId: string,
  credentials: ServiceCredentials,
): Promise<ServiceProof> {
  const app = await withSystem('service connection', (tx) => openOAuthApp(tx, environmentId));
  const either = requestWithEitherSecret(credentials, environmentId, { app, expected: null });
  const asked = holdStop(either.then(({ outcome }) => outcome));
  const patienceMs = app.settings?.patienceMs ?? 10_000;
  const outcome = await withinOrNull(asked, patienceMs);
  if (outcome === null) {
    const late = giveBackLate(asked, { environmentId, app });
    void holdStop(
      late.catch((err: unknown) =>
        log().error({ err, environmentId }, 'a late first token was not given back'),
      ),
    );
    throw tooLate();
  }
  if (outcome.kind !== 'success') throw errorOf(outcome);
  const { answer, distrust } = outcome;
  const grantId = randomUUID();
  try {
    if (distrust) throw distrusted(distrust);
    const { tokenHost } = app;
    const user = await fetchUserInfo({ tokenHost, accessToken: answer.accessToken, timeoutMs: patienceMs });
    if (user.orgId !== answer.orgId || user.userId !== answer.userId) throw twoUsers();
    if (credentials.flow === 'client_credentials') await assertRunsAs(environmentId, user);
    const org = await fetchOrgFacts(answer, app);
    return { environmentId, app, grantId, answer, user, org };
  } catch (error) {
    await giveBackProof({ environmentId, app, grantId, answer }, 'refused at the first token');
    throw error;
  }
}

/** An answer for which nobody waits any more. */
async function giveBackLate(
  asked: Promise<ServiceOutcome>,
  of: Pick<ServiceProof, 'environmentId' | 'app'>,
): Promise<void> {
  const late = await asked;
  if (late.kind !== 'success') return;
  await giveBackProof({ ...of, grantId: randomUUID(), answer: late.answer }, 'answered too late');
}

/** Client credentials run as whomever the app names in Salesforce, so that has to be whom the environment names. */
async function assertRunsAs(environmentId: string, user: UserInfo): Promise<void> {
  const [environment] = await withSystem('service connection', (tx) =>
    tx
      .select({ name: environments.name, runAsUsername: environments.runAsUsername })
      .from(environments)
      .where(eq(environments.id, environmentId)),
  );
  const wanted = environment?.runAsUsername;
  if (!wanted || wanted.toLowerCase() === user.username.toLowerCase()) return;
  throw new AppError(
    'CONSENT_WRONG_USER',
    `Service connections of ${environment?.name} run as ${wanted}, but the app runs as ${user.username}.`,
    {
      nextStep:
        'Choose the right “Run As” user in the app’s policies in Salesforce, or change the run-as user in the settings of the environment.',
      details: { expected: wanted, actual: user.username },
    },
  );
}

/** Revokes the access token of a proof that is not stored. Never throws. */
export function giveBackProof(
  proof: Pick<ServiceProof, 'environmentId' | 'app' | 'grantId' | 'answer'>,
  why: string,
): Promise<void> {
  const { environmentId, app, grantId, answer } = proof;
  const { accessToken, orgId, userId } = answer;
  const connectionId = `refused grant ${grantId}`;
  const of = {
    connectionId,
    grantId,
    generation: 0,
    environmentId,
    orgId: orgId || null,
    userId: userId || null,
  };
  return giveBack({ ...of, app, accessToken }, why);
}

function errorOf(outcome: Exclude<ServiceOutcome, { kind: 'success' }>): AppError {
  if (outcome.kind === 'unsent') return outcome.error;
  if (outcome.kind !== 'retry_later') return serviceGrantError(outcome.fault);
  return new AppError('SALESFORCE_UNAVAILABLE', 'Salesforce could not answer now. Nothing was stored.', {
    nextStep: 'Try again in a minute.',
    salesforce: outcome.fault,
  });
}

function tooLate(): AppError {
  return new AppError('TIMEOUT', 'Salesforce did not answer in time.', {
    nextStep: 'Try again. If Salesforce still answers this time, its token is given back at once.',
  });
}

function distrusted(problem: { code: string; message: string; nextStep: string | null }): AppError {
  return new AppError('SALESFORCE_ANSWER_INVALID', problem.message, {
    nextStep: problem.nextStep ?? 'Check the address of the environment.',
  });
}

function twoUsers(): AppError {
  return new AppError('SALESFORCE_ANSWER_INVALID', 'Salesforce named two different users for one token.', {
    nextStep: 'Try again. If it happens again, look at the log of this time.',
  });
}
