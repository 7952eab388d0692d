import { eq } from 'drizzle-orm';
import { GET as callbackRoute } from '@/app/api/auth/[...nextauth]/route';
import { POST as startRoute } from '@/app/api/consent/route';
import { withSystem } from '@/db/client';
import { auditLog, consentFailures, type environments } from '@/db/schema';
import { seal } from '@/lib/vault/seal';
import type { Browser } from './browser';
import { type EnvironmentRow, makeEnvironment } from './factories';
import type { SalesforceStub, StubUser } from './salesforce-stub';

/** The environment of a stub org, with its secret. */
export async function makeStubEnvironment(
  stub: SalesforceStub,
  values: Partial<typeof environments.$inferInsert> = {},
): Promise<EnvironmentRow> {
  const id = crypto.randomUUID();
  const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: id } as const;
  return makeEnvironment({
    id,
    origin: stub.origin,
    clientId: stub.clientId,
    scopes: ['openid', 'api', 'refresh_token'],
    sealedConsumerSecret: await seal(stub.clientSecret, place),
    ...values,
  });
}

/** Posts to `/api/consent`; the browser keeps its cookie. */
export async function begin(browser: Browser, body: unknown, query = ''): Promise<Response> {
  return browser.take(await startRoute(browser.post(`/api/consent${query}`, body)));
}

/** The address of Salesforce's page. */
export async function beginUrl(browser: Browser, body: unknown, query = ''): Promise<string> {
  const response = await begin(browser, body, query);
  const answer = (await response.json()) as { url?: string };
  if (!answer.url) throw new Error(`no url: ${JSON.stringify(answer)}`);
  return answer.url;
}

/** Comes back from Salesforce. */
export async function comeBack(
  browser: Browser,
  slug: string,
  query: URLSearchParams | string,
): Promise<{ location: string; response: Response }> {
  const request = browser.get(`/api/auth/callback/${slug}?${query}`);
  const params = Promise.resolve({ nextauth: ['callback', slug] });
  const response = browser.take(await callbackRoute(request, { params }));
  return { location: response.headers.get('location') ?? '', response };
}

/** A whole consent that is allowed. Where the browser ends. */
export async function consent(
  browser: Browser,
  stub: SalesforceStub,
  body: { environment: string } & Record<string, unknown>,
  user: StubUser,
): Promise<string> {
  const url = await beginUrl(browser, body);
  const { location } = await comeBack(browser, body.environment, stub.allow(url, user));
  return location;
}

/** The stored failure behind `/consent/<id>`. */
export async function failureAt(location: string): Promise<typeof consentFailures.$inferSelect> {
  const id = /^\/consent\/([0-9a-f-]{36})$/.exec(location)?.[1];
  if (!id) throw new Error(`not a failure page: ${location}`);
  const [row] = await withSystem('test', (tx) =>
    tx.select().from(consentFailures).where(eq(consentFailures.id, id)),
  );
  if (!row) throw new Error('the failure is not stored');
  return row;
}

/** Audit rows of one action, oldest first. */
export function auditOf(action: string): Promise<Array<typeof auditLog.$inferSelect>> {
  return withSystem('test', (tx) =>
    tx.select().from(auditLog).where(eq(auditLog.action, action)).orderBy(auditLog.id),
  );
}
