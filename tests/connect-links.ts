import { eq } from 'drizzle-orm';
import { POST as startRoute } from '@/app/api/connect-link/route';
import { withSystem } from '@/db/client';
import { connectLinks, consentFailures, rateLimits } from '@/db/schema';
import { createConnectLink } from '@/lib/consent/links/commands';
import { newConnectLinkSchema } from '@/lib/consent/links/schema';
import type { PersonContext } from '@/lib/context';
import { registry } from '@/lib/registry';
import { Browser } from './browser';
import { comeBack, makeStubEnvironment } from './consent';
import { contextOf, type EnvironmentRow, makePerson, type PersonRow } from './factories';
import { type SalesforceStub, type StubUser, startSalesforceStub } from './salesforce-stub';

export interface LinkWorld {
  stub: SalesforceStub;
  environment: EnvironmentRow;
  holder: PersonRow;
  ctx: PersonContext;
  id: string;
  token: string;
}

/** A link of a member of the portal to an environment whose org is a stub. */
export async function makeLink(
  wanted: { alias?: string; expiresIn?: number; purpose?: string } = {},
  world: Pick<LinkWorld, 'stub' | 'environment'> & { role?: 'member' | 'admin' } = Object.create(null),
): Promise<LinkWorld> {
  const stub = world.stub ?? (await startSalesforceStub());
  const environment = world.environment ?? (await makeStubEnvironment(stub));
  const holder = await makePerson({ role: world.role ?? 'member' });
  const ctx = contextOf(holder);
  const body = { environment: environment.slug, purpose: 'Invoices of Acme', ...wanted };
  const { id, url } = await createConnectLink(ctx, newConnectLinkSchema.parse(body));
  const token = /\/connect\/(odl_[A-Za-z0-9_-]{43})$/.exec(url)?.[1];
  if (!token) throw new Error(`not a connect link: ${url}`);
  return { stub, environment, holder, ctx, id, token };
}

/** Presses Continue; the browser keeps its cookie. */
export async function pressContinue(browser: Browser, body: unknown): Promise<Response> {
  return browser.take(await startRoute(browser.post('/api/connect-link', body)));
}

/** The address of Salesforce's page. */
export async function continueUrl(browser: Browser, body: unknown): Promise<string> {
  const answer = (await (await pressContinue(browser, body)).json()) as { url?: string };
  if (!answer.url) throw new Error(`no url: ${JSON.stringify(answer)}`);
  return answer.url;
}

/** A whole consent that is allowed. Where the browser ends. */
export async function grantBy(
  { stub, environment, token }: LinkWorld,
  user: StubUser,
  browser = new Browser(),
): Promise<string> {
  const url = await continueUrl(browser, { token });
  return (await comeBack(browser, environment.slug, stub.allow(url, user))).location;
}

export async function readLink(id: string): Promise<typeof connectLinks.$inferSelect> {
  const [row] = await withSystem('test', (tx) =>
    tx.select().from(connectLinks).where(eq(connectLinks.id, id)),
  );
  if (!row) throw new Error('there is no such link');
  return row;
}

/** The stored failure behind `/connect/failed/<id>`. */
export async function linkFailureAt(location: string): Promise<typeof consentFailures.$inferSelect> {
  const id = /^\/connect\/failed\/([0-9a-f-]{36})$/.exec(location)?.[1];
  if (!id) throw new Error(`not a failure page: ${location}`);
  const [row] = await withSystem('test', (tx) =>
    tx.select().from(consentFailures).where(eq(consentFailures.id, id)),
  );
  if (!row) throw new Error('the failure is not stored');
  return row;
}

/** Every browser of the tests has one address. */
export async function forgetLooks(): Promise<void> {
  registry().slots.delete('limits.connect_link_look');
  await withSystem('test', (tx) => tx.delete(rateLimits));
}
