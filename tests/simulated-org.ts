import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { PersonContext } from '@/lib/context';
import { seal } from '@/lib/vault/seal';
import { ControlClient } from '@/simulator/control-client';
import { DEMO_PASSWORD } from '@/simulator/seed/facts';
import { type RunningOrg, startSimulator } from '@/simulator/server';
import { TestBrowser } from '@/simulator/testing/browser';
import { Browser } from './browser';
import { beginUrl, comeBack } from './consent';
import { contextOf, type EnvironmentRow, makeEnvironment, makePerson, type PersonRow } from './factories';
import { allowOrigins } from './loopback';

export interface SimulatedOrg {
  org: RunningOrg;
  control: ControlClient;
  environment: EnvironmentRow;
}

/** The simulator with an environment for its Production org, of so many accounts. Stops with the test. */
export async function startSimulatedOrg(accounts = 5): Promise<SimulatedOrg> {
  const slug = `production-${randomUUID().slice(0, 8)}`;
  const simulator = await startSimulator({
    accounts: { production: accounts, uat: 5 },
    opportunities: { production: 5, uat: 5 },
    callbackUrls: { production: [`http://localhost:3000/api/auth/callback/${slug}`] },
  });
  onTestFinished(() => simulator.stop());
  allowOrigins(...simulator.orgs.map(({ origin }) => origin));
  const org = simulator.org('production');
  const id = randomUUID();
  const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: id } as const;
  const environment = await makeEnvironment({
    id,
    slug,
    name: 'Production',
    kind: 'production',
    origin: org.origin,
    clientId: org.clientId,
    scopes: ['openid', 'api', 'refresh_token'],
    expectedOrgId: org.orgId,
    expectedOrgName: org.companyName,
    sealedConsumerSecret: await seal(org.clientSecret, place),
  });
  return { org, control: new ControlClient(simulator.controlOrigin), environment };
}

/** Connects the org through the portal's routes and Salesforce's pages, as `username` there. */
export async function connectSimulated(
  { environment }: Pick<SimulatedOrg, 'environment'>,
  username: string,
  person?: PersonRow,
): Promise<{ ctx: PersonContext; connectionId: string }> {
  const owner = person ?? (await makePerson());
  const browser = new Browser();
  const sessionId = await browser.signIn(owner);
  const url = await beginUrl(browser, { environment: environment.slug, intent: 'connect' });
  const { location } = await comeBack(browser, environment.slug, await allow(url, username));
  const connectionId = /^\/connections\/([0-9a-f-]{36})$/.exec(location)?.[1];
  if (!connectionId) throw new Error(`The consent failed: ${location}`);
  return { ctx: contextOf(owner, sessionId as PersonContext['sessionId']), connectionId };
}

/** Logs in on Salesforce's page and presses Allow. What the browser brings back. */
export async function allow(url: string, username: string): Promise<URLSearchParams> {
  const browser = new TestBrowser();
  const { origin } = new URL(url);
  const login = await browser.follow(url);
  const startURL = new URL(login.url).searchParams.get('startURL') ?? '';
  const fields = { username, password: DEMO_PASSWORD, startURL };
  const step = await browser.follow(`${origin}/login`, await browser.submit(`${origin}/login`, fields));
  let answer = step.response;
  if (answer.status === 200) {
    const { pathname, searchParams } = new URL(step.url);
    const source = searchParams.get('source') ?? '';
    answer = await browser.submit(origin + pathname, { source, decision: 'allow' });
  }
  return new URL(answer.headers.get('location') ?? '', origin).searchParams;
}
