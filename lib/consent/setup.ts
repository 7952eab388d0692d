import { eq } from 'drizzle-orm';
import { cookies, headers } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { type Tx, withSystem } from '@/db/client';
import { environments, people } from '@/db/schema';
import { closeSetup, openSetupHash } from '@/lib/consent/setup-token';
import type { PersonId, SystemContext } from '@/lib/context';
import { createEnvironment } from '@/lib/environments/commands';
import { pin } from '@/lib/environments/expected-org';
import { summaryColumns } from '@/lib/environments/queries';
import { parseEnvironmentForm } from '@/lib/environments/schema';
import type { EnvironmentSummary } from '@/lib/environments/types';
import { AppError } from '@/lib/errors';
import { addressKey } from '@/lib/limits/address-key';
import { countAgainst } from '@/lib/limits/count';
import { logRefused } from '@/lib/log';
import { createPerson, grantAdmin } from '@/lib/people/commands';
import { findPersonByIdentity } from '@/lib/people/queries';
import type { UserInfo } from '@/lib/salesforce/types';
import { requestFacts } from '@/lib/session/context';
import { cookieOptions, readCookie, setupCookieName } from '@/lib/session/request/cookies';
import { matchesHash } from '@/lib/session/secret-hash';
import { sessionSecret } from '@/lib/session/token';

const SETUP_COOKIE_SECONDS = 60 * 60;
const SALT = 'orgdock set-up';

/** `closed`: for good, a 404. `locked`: the token is wanted. `open`: this browser has shown it. */
export async function getSetupState(): Promise<'closed' | 'locked' | 'open'> {
  return setupStateOf(await headers());
}

/** As `getSetupState`, for known request headers. */
export async function setupStateOf(requestHeaders: Headers): Promise<'closed' | 'locked' | 'open'> {
  const hash = await withSystem('set-up state', openSetupHash);
  if (hash === null) return 'closed';
  const cookie = readCookie(requestHeaders, setupCookieName());
  if (cookie === null) return 'locked';
  try {
    const shown = await decode({ token: cookie, secret: sessionSecret(), salt: SALT });
    return shown?.setup === hash ? 'open' : 'locked';
  } catch {
    return 'locked';
  }
}

/** Opens set-up for this browser for one hour. Throws NOT_FOUND when closed, INVALID_INPUT for a wrong token. */
export async function openSetup(token: unknown): Promise<void> {
  const hash = await withSystem('set-up', openSetupHash);
  if (hash === null) throw closed();
  const { ip, requestId } = await requestFacts();
  await countAgainst('setup_token', addressKey(ip));
  if (typeof token !== 'string' || token.length > 200 || !matchesHash(token.trim(), hash)) {
    logRefused('set-up token', { ip, requestId });
    throw new AppError('INVALID_INPUT', 'This is not the set-up token.', {
      nextStep: 'Copy it from the output of the portal’s start, or from ORGDOCK_SETUP_TOKEN.',
    });
  }
  const value = await encode({
    token: { setup: hash },
    secret: sessionSecret(),
    salt: SALT,
    maxAge: SETUP_COOKIE_SECONDS,
  });
  (await cookies()).set(setupCookieName(), value, cookieOptions(SETUP_COOKIE_SECONDS));
}

/** The environment that set-up has made so far, or null. Throws NOT_FOUND unless set-up is open here. */
export async function getSetupEnvironment(): Promise<EnvironmentSummary | null> {
  await requireOpenSetup(await headers());
  const [row] = await withSystem('set-up', (tx) =>
    tx.select(summaryColumns).from(environments).orderBy(environments.createdAt).limit(1),
  );
  return row ?? null;
}

/**
 * Stores the first environment. Saved again, it replaces the one before, which nobody can have
 * used yet. Throws NOT_FOUND unless set-up is open here, INVALID_INPUT.
 */
export async function saveSetupEnvironment(form: unknown): Promise<{ id: string; slug: string }> {
  await requireOpenSetup(await headers());
  parseEnvironmentForm(form);
  await withSystem('set-up', forgetFirstTry);
  const ctx: SystemContext = { kind: 'system', reason: 'set-up', request: await requestFacts() };
  const created = await createEnvironment(ctx, form);
  await withSystem('set-up', (tx) =>
    tx.update(environments).set({ allowSignIn: true }).where(eq(environments.id, created.id)),
  );
  return created;
}

/** Clears the way for another try at the first environment. Once there are people, environments stay. */
async function forgetFirstTry(tx: Tx): Promise<void> {
  const somebody = await tx.select({ id: people.id }).from(people).limit(1);
  if (somebody.length === 0) await tx.delete(environments);
}

/** Throws NOT_FOUND unless set-up is open in the browser of these headers. */
export async function requireOpenSetup(requestHeaders: Headers): Promise<void> {
  if ((await setupStateOf(requestHeaders)) !== 'open') throw closed();
}

/** Makes the first proven user the admin, pins the org and closes set-up, in the caller's transaction. */
export async function completeSetup(
  tx: Tx,
  ctx: SystemContext,
  input: { environmentId: string; user: UserInfo },
): Promise<PersonId> {
  const { environmentId, user } = input;
  if (!(await closeSetup(tx, ctx))) throw closed();
  await pin(tx, ctx, { environmentId, org: { id: user.orgId, name: null }, before: null });
  const known = await findPersonByIdentity(tx, user);
  if (known) {
    await grantAdmin(tx, ctx, known);
    return known.id;
  }
  const { orgId, userId, displayName, email, username } = user;
  return createPerson(tx, ctx, { orgId, userId, displayName, email, username, role: 'admin' });
}

function closed(): AppError {
  return new AppError('NOT_FOUND', 'There is no such page.');
}
