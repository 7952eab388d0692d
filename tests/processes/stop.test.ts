import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControlClient } from '@/simulator/control-client';
import { type RunningSimulator, startSimulator } from '@/simulator/server';
import {
  endProcess,
  freePort,
  makeFolder,
  portalSettings,
  type ScriptProcess,
  startScript,
} from './portal-process';
import { Visitor } from './visitor';

const ADA = 'ada@acme.example';
const folder = makeFolder();
let simulator: RunningSimulator;
let control: ControlClient;
let settings: Record<string, string>;
let origin: string;
let portal: ScriptProcess | undefined;

async function startPortal(extra: Record<string, string> = {}): Promise<ScriptProcess> {
  const started = startScript(['server.mjs'], { ...settings, ...extra });
  await started.says('Orgdock is ready');
  return started;
}

/** Resolves once Salesforce has a refresh in its hands. */
async function refreshIsUnderWay(): Promise<void> {
  for (;;) {
    const requests = await control.listRequests({ org: 'production' });
    if (requests.some(({ params }) => params.grant_type === 'refresh_token')) return;
  }
}

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  simulator = await startSimulator({
    callbackUrls: { production: [`${origin}/api/auth/callback/production`] },
    accounts: { production: 20, uat: 5 },
    opportunities: { production: 20, uat: 5 },
  });
  control = new ControlClient(simulator.controlOrigin);
  settings = {
    ...portalSettings(port, folder.path),
    ORGDOCK_ALLOW_HOSTS: simulator.orgs.map((org) => org.origin).join(','),
  };
  const seed = startScript(['--import', 'tsx', 'scripts/seed-demo.ts'], settings);
  expect(await seed.ended, seed.output()).toBe(0);
});
afterAll(async () => {
  await endProcess(portal);
  await simulator.stop();
  folder.remove();
});

describe('a portal that is stopped', () => {
  it('finishes a token request that Salesforce already has, and the grant lives on', async () => {
    portal = await startPortal();
    const ada = new Visitor(origin);
    await ada.signIn(ADA);
    const id = await ada.connect(ADA);
    expect(await (await ada.get(`/connections/${id}/accounts`)).text()).toContain('20 accounts');

    await control.clearLedger();
    await control.act({ org: 'production', act: 'expire_access_tokens' });
    await control.addFault({ org: 'production', fault: 'slow', endpoint: 'refresh', ms: 3_000 });
    const page = ada.get(`/connections/${id}/accounts`).then((answer) => answer.text());
    page.catch(() => undefined);
    await refreshIsUnderWay();
    portal.child.kill('SIGTERM');
    await portal.says('Waiting for token requests');
    expect((await fetch(`${origin}/api/ready`)).status).toBe(503);
    expect(await portal.ended).toBe(0);

    portal = await startPortal();
    expect(await (await ada.get(`/connections/${id}/accounts`)).text()).toContain('20 accounts');
    expect(await control.counts()).toMatchObject({ refreshes: 1, violations: 0, unknown: 0 });
  });

  it('loses nothing that was confirmed when it is killed', async () => {
    await endProcess(portal);
    portal = await startPortal();
    const ada = new Visitor(origin);
    await ada.signIn(ADA);
    const id = await ada.connect(ADA);
    portal.child.kill('SIGKILL');
    await portal.ended;

    portal = await startPortal();
    expect(await (await ada.get(`/connections/${id}/accounts`)).text()).toContain('20 accounts');
    expect(await control.counts()).toMatchObject({ violations: 0 });
  });
});

describe('the address of a client', () => {
  /** The address that the session of this visitor was opened from, as the account page shows it. */
  async function addressSeen(headers: Record<string, string>): Promise<string> {
    const visitor = new Visitor(origin, headers);
    await visitor.signIn(ADA);
    return await (await visitor.get('/account')).text();
  }

  it('is the socket’s, whatever the client claims', async () => {
    await endProcess(portal);
    portal = await startPortal();
    const page = await addressSeen({ 'x-forwarded-for': '203.0.113.77' });
    expect(page).toContain('127.0.0.1');
    expect(page).not.toContain('203.0.113.77');
  });

  it('is what a trusted proxy says', async () => {
    await endProcess(portal);
    portal = await startPortal({ ORGDOCK_TRUSTED_PROXIES: '127.0.0.0/8, ::1' });
    expect(await addressSeen({ 'x-forwarded-for': '203.0.113.77' })).toContain('203.0.113.77');
  });
});
