import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Tx, withSystem } from '@/db/client';
import { connections, environments, sessions } from '@/db/schema';
import type { GrantPurpose } from '@/lib/connections/types';
import { createAttempt, forgetOldAttempts } from '@/lib/consent/attempts';
import { requireOpenSetup } from '@/lib/consent/setup';
import { signInClosed } from '@/lib/consent/sign-in';
import type { PersonContext } from '@/lib/context';
import { requireSalesforceSignIn } from '@/lib/environments/identity-providers/salesforce-sign-in';
import { publicOAuthApp } from '@/lib/environments/oauth-app';
import { notDeleted } from '@/lib/environments/queries';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { AppError } from '@/lib/errors';
import { addressKey } from '@/lib/limits/address-key';
import { countAgainst } from '@/lib/limits/count';
import { assertMayHold } from '@/lib/people/access/assert-may-hold';
import { environmentDisabled } from '@/lib/people/access/refusals';
import { requireOpenInvitation } from '@/lib/people/invitations/queries';
import { registry } from '@/lib/registry';
import { authorizationUrl } from '@/lib/salesforce/oauth/authorize';
import { safeCallbackPath } from '@/lib/session/callback-path';
import { contextOf } from '@/lib/session/context';
import { markBrowser } from '@/lib/session/request/browser-mark';
import { requestFactsOf } from '@/lib/session/request/request-facts';

/** Body of `POST /api/consent`. Strict: a scope or a prompt is not the browser's to choose. */
export const startConsentSchema = z
  .strictObject({
    /** Slug. Left out for a fresh sign-in: the environment that this session was opened through. */
    environment: z.string().max(80).optional(),
    intent: z.enum(['sign_in', 'connect', 'setup']),
    callbackUrl: z.string().max(2_000).optional(),
    /** Id of the connection to renew. */
    reconnect: z.string().max(80).optional(),
    fresh: z.boolean().optional(),
    /** `bootstrap`: set-up access, for administrators. */
    purpose: z.enum(['runtime', 'bootstrap']).optional(),
    /** `prompt=consent`: Salesforce asks also who has agreed before. */
    askAgain: z.boolean().optional(),
    /** Token of an invitation's link. */
    invitation: z.string().max(200).optional(),
  })
  .refine((body) => body.environment !== undefined || body.fresh === true)
  .refine((body) => body.fresh !== true || body.intent === 'sign_in')
  .refine((body) => body.invitation === undefined || (body.intent === 'sign_in' && !body.fresh))
  .refine((body) => body.purpose === undefined || body.intent === 'connect')
  .refine((body) => body.reconnect === undefined || body.intent === 'connect')
  .refine((body) => body.askAgain === undefined || body.intent === 'connect');

type StartConsent = z.infer<typeof startConsentSchema>;
type EnvironmentRow = typeof environments.$inferSelect;

export interface StartedConsent {
  /** Salesforce's page, for `location.assign`. */
  url: string;
  /** `Set-Cookie` value that marks this browser. */
  setCookie: string;
}

/**
 * Begins a consent for the browser of these headers. Throws INVALID_INPUT, UNAUTHENTICATED, NOT_FOUND, FORBIDDEN,
 * ENVIRONMENT_NOT_OPEN, ENVIRONMENT_DISABLED, RECORDS_NOT_FOR_AUDITORS, INVITATION_INVALID, HOST_NOT_ALLOWED,
 * UNAVAILABLE (while the portal stops).
 */
export async function startConsent(body: unknown, requestHeaders: Headers): Promise<StartedConsent> {
  const parsed = startConsentSchema.safeParse(body);
  if (!parsed.success) throw new AppError('INVALID_INPUT', 'This is not a consent that Orgdock can begin.');
  const input = parsed.data;
  assertNotStopping();
  const person = await contextOf(requestHeaders);
  await countAgainst('consent', person?.personId ?? addressKey(requestFactsOf(requestHeaders).ip));
  if (person === null && (input.intent === 'connect' || input.fresh)) {
    throw new AppError('UNAUTHENTICATED', 'You are signed out.', { nextStep: 'Sign in and try again.' });
  }
  if (input.intent === 'setup') await requireOpenSetup(requestHeaders);
  const { browser, setCookie } = markBrowser(requestHeaders);
  const url = await withSystem('consent start', (tx) => begin(tx, input, person, browser));
  return { url, setCookie };
}

/** A portal that stops begins nothing. Throws UNAVAILABLE. */
export function assertNotStopping(): void {
  if (!registry().draining) return;
  throw new AppError('UNAVAILABLE', 'The portal is stopping.', { nextStep: 'Try again in a minute.' });
}

async function begin(
  tx: Tx,
  input: StartConsent,
  person: PersonContext | null,
  browser: string,
): Promise<string> {
  await forgetOldAttempts(tx);
  if (input.intent === 'sign_in') await requireSalesforceSignIn(tx);
  const environment = await findEnvironment(tx, input, person);
  if (input.intent === 'sign_in' && !environment.allowSignIn) {
    // Its name, even that it exists, is no business of somebody who has not signed in.
    throw person ? signInClosed(environment.name) : unknownEnvironment();
  }
  if (input.intent === 'connect' && person) {
    await assertMayHold(tx, { personId: person.personId, environmentId: environment.id });
  }
  const invitationId = input.invitation ? await requireOpenInvitation(tx, input.invitation) : null;
  const renewed = input.reconnect ? await findOwnConnection(tx, input.reconnect, environment, person) : null;
  // What is renewed stays what it is, whatever the browser says.
  const purpose = renewed?.purpose ?? input.purpose ?? 'runtime';
  if (purpose === 'bootstrap') assertMaySetUp(person);
  const app = publicOAuthApp(environment);
  const { state, codeChallenge, nonce } = await createAttempt(tx, {
    environmentId: environment.id,
    app,
    intent: input.intent,
    browser,
    person,
    reconnects: renewed?.id ?? null,
    purpose,
    invitationId,
    callbackPath: safeCallbackPath(input.callbackUrl) ?? '',
    fresh: input.fresh ?? false,
  });
  return authorizationUrl(app, {
    redirectUri: redirectUriOf(environment.slug),
    // Signing in asks who you are and nothing else.
    scopes: input.intent === 'connect' ? scopesFor(purpose, environment) : ['openid'],
    state,
    codeChallenge,
    nonce,
    prompt: input.fresh ? 'login' : input.askAgain ? 'consent' : null,
    loginHint: renewed?.username ?? null,
  });
}

/** Set-up access: who it is, the Metadata API, and a grant that outlives a deployment. */
const SET_UP_SCOPES = ['openid', 'api', 'refresh_token'];

function scopesFor(purpose: GrantPurpose, environment: EnvironmentRow): string[] {
  return purpose === 'bootstrap' ? SET_UP_SCOPES : environment.scopes;
}

function assertMaySetUp(person: PersonContext | null): void {
  if (person?.role === 'admin') return;
  throw new AppError('FORBIDDEN', 'Only administrators set apps up.', {
    nextStep: 'Ask an administrator of this portal.',
  });
}

async function findEnvironment(
  tx: Tx,
  { environment: slug }: StartConsent,
  person: PersonContext | null,
): Promise<EnvironmentRow> {
  const wanted =
    slug === undefined && person
      ? eq(
          environments.slug,
          tx.select({ via: sessions.signedInVia }).from(sessions).where(eq(sessions.id, person.sessionId)),
        )
      : eq(environments.slug, slug ?? '');
  const [row] = await tx.select().from(environments).where(and(wanted, notDeleted));
  if (row?.status === 'active') return row;
  if (row?.status === 'disabled' && person && slug !== undefined) throw environmentDisabled(row.name);
  throw unknownEnvironment(slug === undefined ? 'Choose the environment to confirm through.' : undefined);
}

function unknownEnvironment(nextStep?: string): AppError {
  return new AppError('NOT_FOUND', 'There is no such environment.', nextStep ? { nextStep } : {});
}

async function findOwnConnection(
  tx: Tx,
  id: string,
  environment: EnvironmentRow,
  person: PersonContext | null,
): Promise<{ id: string; username: string; purpose: GrantPurpose }> {
  const [row] = await tx
    .select({ id: connections.id, username: connections.username, purpose: connections.purpose })
    .from(connections)
    .where(
      and(
        sql`${connections.id}::text = ${id}`,
        eq(connections.environmentId, environment.id),
        sql`${connections.ownerId}::text = ${person?.personId ?? ''}`,
      ),
    );
  if (!row) throw new AppError('NOT_FOUND', 'There is no such connection.');
  return row;
}
