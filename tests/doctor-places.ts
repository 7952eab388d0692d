import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { withSystem } from '@/db/client';
import { connections, consentAttempts, consentFailures, environments } from '@/db/schema';
import { databaseNow } from '@/db/schema/base';
import { disconnectConnection } from '@/lib/connections/commands';
import { requireConnection } from '@/lib/connections/queries';
import { createServiceConnection } from '@/lib/connections/service/create-connection';
import { tokenSource } from '@/lib/connections/token-source';
import { findFailure } from '@/lib/consent/failures';
import { tellWhatSalesforceShowed } from '@/lib/consent/unanswered/commands';
import type { PersonContext } from '@/lib/context';
import { diagnoseConnection, diagnoseProblem } from '@/lib/doctor/diagnose-connection';
import { diagnoseConsent } from '@/lib/doctor/diagnose-consent';
import { retestConnection } from '@/lib/doctor/retest';
import type { Diagnosis } from '@/lib/doctor/types';
import { toProblem } from '@/lib/errors';
import { registry } from '@/lib/registry';
import { ERROR_PAGE_TEXTS } from '@/lib/salesforce/oauth/refusals/error-page';
import { seal } from '@/lib/vault/seal';
import { ControlClient } from '@/simulator/control-client';
import { PRODUCTION } from '@/simulator/seed/facts';
import { type RunningOrg, type RunningSimulator, startSimulator } from '@/simulator/server';
import { TestBrowser } from '@/simulator/testing/browser';
import { Browser } from './browser';
import { beginUrl, comeBack } from './consent';
import type { CataloguePlace, CatalogueRow } from './error-catalogue';
import { contextOf, type EnvironmentRow, makeContext, makeEnvironment, makePerson } from './factories';
import { allowOrigins } from './loopback';
import { allow, connectSimulated } from './simulated-org';

const SLUG = 'doctor-table';
const { username } = PRODUCTION.users.ada;

export interface DoctorPlaces {
  readonly control: ControlClient;
  readonly environment: EnvironmentRow;
  /** A browser of a new person that has gone to Salesforce, and the last address it saw there. */
  leave(): Promise<{ ctx: PersonContext; browser: Browser; answer: Response; url: string }>;
  /** A healthy connection of a new person. */
  connect(user?: string): Promise<{ ctx: PersonContext; id: string }>;
  /** Brings the row about where Salesforce does, and asks the Doctor. */
  diagnose(row: CatalogueRow): Promise<Diagnosis>;
}

/** One simulated org with one environment, for everything that can go wrong there. */
export function startDoctorPlaces(): DoctorPlaces {
  let running: RunningSimulator;
  let control: ControlClient;
  let environment: EnvironmentRow;
  beforeAll(async () => {
    running = await startSimulator({
      accounts: { production: 5, uat: 5 },
      opportunities: { production: 5, uat: 5 },
      callbackUrls: { production: [`http://localhost:3000/api/auth/callback/${SLUG}`] },
    });
    control = new ControlClient(running.controlOrigin);
  });
  beforeEach(async () => {
    await control.reset();
    for (const slot of ['flights', 'pauses', 'appPauses']) registry().slots.delete(`connections.${slot}`);
    registry().slots.delete('salesforce.retry-budgets');
    allowOrigins(...running.orgs.map(({ origin }) => origin));
    environment = await freshEnvironment(running.org('production'));
  });
  afterAll(() => running.stop());

  const connect: DoctorPlaces['connect'] = async (user = username) => {
    const { ctx, connectionId } = await connectSimulated({ environment }, user);
    return { ctx, id: connectionId };
  };
  const leave: DoctorPlaces['leave'] = async () => {
    const browser = new Browser();
    const person = await makePerson();
    const sessionId = await browser.signIn(person);
    const url = await beginUrl(browser, { environment: SLUG, intent: 'connect' });
    const answer = await new TestBrowser().follow(url);
    return {
      ctx: contextOf(person, sessionId as PersonContext['sessionId']),
      browser,
      answer: answer.response,
      url: answer.url,
    };
  };

  const atFailure = async (ctx: PersonContext, location: string) => {
    const failure = await findFailure(location.replace('/consent/', ''), {
      browser: null,
      personId: ctx.personId,
    });
    if (!failure) throw new Error(`no failure: ${location}`);
    return await diagnoseConsent(ctx, failure);
  };

  const consentUnder = async () => {
    const browser = new Browser();
    const person = await makePerson();
    const sessionId = await browser.signIn(person);
    const url = await beginUrl(browser, { environment: SLUG, intent: 'connect' });
    const { location } = await comeBack(browser, SLUG, await allow(url, username));
    return await atFailure(contextOf(person, sessionId as PersonContext['sessionId']), location);
  };

  /** What Salesforce’s page, or the bare body, said; chosen by the person as they saw it. */
  const tell = async (ctx: PersonContext, said: URLSearchParams) => {
    const seen = ERROR_PAGE_TEXTS.find(
      ({ error, description }) =>
        error === said.get('error') && description === said.get('error_description'),
    );
    await withSystem('test', (tx) =>
      tx.update(consentAttempts).set({ createdAt: sql`orgdock.now() - interval '2 minutes'` }),
    );
    const [attempt] = await withSystem('test', (tx) =>
      tx.select().from(consentAttempts).where(eq(consentAttempts.personId, ctx.personId)),
    );
    return await atFailure(ctx, await tellWhatSalesforceShowed(ctx, attempt?.id ?? '', { seen: seen?.id }));
  };

  const PLACES: Record<CataloguePlace, () => Promise<Diagnosis>> = {
    callback: async () => {
      const { ctx, browser, answer } = await leave();
      const back = new URL(answer.headers.get('location') ?? '').searchParams;
      return await atFailure(ctx, (await comeBack(browser, SLUG, back)).location);
    },
    page: async () => {
      const { ctx, url } = await leave();
      return await tell(ctx, new URL(url).searchParams);
    },
    bare: async () => {
      const { ctx, answer } = await leave();
      return await tell(ctx, new URLSearchParams(await answer.text()));
    },
    exchange: consentUnder,
    userinfo: consentUnder,
    refresh: async () => {
      const { ctx, id } = await connect();
      await arm();
      const failed = await tokenSource({ id } as never)
        .renew(1)
        .then(
          () => Promise.reject(new Error('the refresh worked')),
          (error: unknown) => error,
        );
      const connection = await requireConnection(ctx, id);
      return (
        (await diagnoseConnection(ctx, connection)) ??
        diagnoseProblem(toProblem(failed), connection.instanceUrl)
      );
    },
    service: async () => {
      const admin = await makeContext('admin');
      const form = { name: 'Reports', flow: 'client_credentials' };
      const failed = await createServiceConnection(admin, { slug: SLUG, form }).then(
        () => Promise.reject(new Error('the connection was made')),
        (error: unknown) => error,
      );
      return diagnoseProblem(toProblem(failed), environment.origin);
    },
    revoke: async () => {
      const { ctx, id } = await connect();
      await arm();
      await disconnectConnection(ctx, id);
      const diagnosis = await diagnoseConnection(ctx, await requireConnection(ctx, id));
      if (!diagnosis) throw new Error('the revocation was confirmed');
      return diagnosis;
    },
    data: async () => {
      const { ctx, id } = await connect();
      await arm();
      const { diagnosis } = await retestConnection(ctx, id);
      if (!diagnosis) throw new Error('Salesforce answered');
      return diagnosis;
    },
  };

  let arm: () => Promise<void>;
  return {
    get control() {
      return control;
    },
    get environment() {
      return environment;
    },
    leave,
    connect,
    diagnose: async (row) => {
      arm = () => inject(control, row);
      // Of these a working connection comes first.
      if (!['refresh', 'revoke', 'data'].includes(row.place)) await arm();
      return await PLACES[row.place]();
    },
  };
}

/** The environment as it was entered a moment ago, and nothing of the test before. */
async function freshEnvironment({ origin, clientId, clientSecret }: RunningOrg): Promise<EnvironmentRow> {
  const row = await withSystem('test', async (tx) => {
    await tx.delete(connections);
    await tx.delete(consentAttempts);
    await tx.delete(consentFailures);
    const [known] = await tx
      .update(environments)
      .set({
        appFaultAt: null,
        appFaultCode: null,
        appPausedUntil: null,
        createdAt: databaseNow,
        appChangedAt: databaseNow,
        expectedOrgId: null,
        proposedOrgId: null,
      })
      .where(eq(environments.slug, SLUG))
      .returning();
    return known as EnvironmentRow | undefined;
  });
  if (row) return row;
  const id = crypto.randomUUID();
  const place = { table: 'environment_secrets', column: 'consumer_secret', rowId: id } as const;
  return await makeEnvironment({
    id,
    slug: SLUG,
    name: 'Production',
    kind: 'production',
    origin,
    clientId,
    scopes: ['openid', 'api', 'refresh_token'],
    allowPasswordFlow: true,
    sealedConsumerSecret: await seal(clientSecret, place),
  });
}

const ENDPOINTS = {
  exchange: 'code_exchange',
  refresh: 'refresh',
  service: 'service_grant',
  revoke: 'revoke',
  userinfo: 'userinfo',
  data: 'data',
} as const;

async function inject(control: ControlClient, row: CatalogueRow): Promise<void> {
  const { place, error, description, status = 400, as, act } = row;
  if (act) {
    for (const one of act) await control.act(one);
    return;
  }
  if (place === 'callback' || place === 'page' || place === 'bare') {
    const fault = { fault: 'authorize_error', endpoint: 'authorize' } as const;
    await control.addFault({ ...fault, error, description, delivery: place });
    return;
  }
  const endpoint = ENDPOINTS[place];
  const many = { endpoint, count: null };
  if (as === 'redirect') {
    await control.addFault({ ...many, fault: 'redirect_answer', location: 'https://new.my.salesforce.com/' });
  } else if (as === 'text') {
    await control.addFault({ ...many, fault: 'text_answer', text: description || error, status });
  } else if (as === 'html' && status === 200) {
    await control.addFault({ ...many, fault: 'html_answer' });
  } else if (as === 'html') {
    await control.addFault({ ...many, fault: 'server_error', status, body: 'html' });
  } else if (place === 'data') {
    await control.addFault({ ...many, fault: 'rest_error', errorCode: error, message: description, status });
  } else {
    await control.addFault({ ...many, fault: 'oauth_error', error, description, status });
  }
}
