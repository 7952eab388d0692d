import { describe, expect, it } from 'vitest';
import type { FaultInput } from '@/simulator/faults/spec';
import { PRODUCTION } from '@/simulator/seed/facts';
import { answerOf, CALLBACK, type TokenSet } from '@/simulator/testing/client';
import { useSimulator } from '@/simulator/testing/simulator';

const { ada } = PRODUCTION.users;

describe('faults', () => {
  const sim = useSimulator();

  /** A fresh grant, then one refresh under the fault: what the caller sees and whether it was done. */
  async function refreshUnder(fault: FaultInput): Promise<{ seen: Response | 'lost'; refreshes: number }> {
    const client = sim.client();
    const { refresh_token } = await client.connect(ada.username);
    await sim.control.addFault(fault);
    const seen = await client.refresh(refresh_token).catch(() => 'lost' as const);
    const { refreshes } = await sim.control.counts();
    return { seen, refreshes };
  }

  it('an authorize error to the callback keeps the state', async () => {
    const fault = { fault: 'authorize_error', endpoint: 'authorize' } as const;
    await sim.control.addFault({ ...fault, error: 'login_error', description: 'no login' });
    const { response } = await sim.client().open();
    expect(response.headers.get('location')).toBe(
      `${CALLBACK}?error=login_error&error_description=no+login&state=state-1`,
    );
  });

  it('an authorize error on the page, and as a bare body without a type', async () => {
    const fault = { fault: 'authorize_error', endpoint: 'authorize', error: 'x', description: 'y' } as const;
    await sim.control.addFault({ ...fault, delivery: 'page' });
    const page = await sim.client().open();
    expect(new URL(page.url).pathname).toBe('/setup/secur/RemoteAccessErrorPage.apexp');
    await sim.control.addFault({ ...fault, delivery: 'bare' });
    const { response } = await sim.client().open();
    expect(response.headers.get('content-type')).toBeNull();
    expect(await response.text()).toBe('error=x&error_description=y');
  });

  it('plain text, and a redirect to another host, with nothing done', async () => {
    const plain = await refreshUnder({ fault: 'text_answer', endpoint: 'refresh', text: 'Bad_Id' });
    expect([(plain.seen as Response).status, await (plain.seen as Response).text(), plain.refreshes]).toEqual(
      [403, 'Bad_Id', 0],
    );
    await sim.control.addFault({
      fault: 'redirect_answer',
      endpoint: 'page',
      location: 'https://new.my.salesforce.com/',
    });
    const moved = await sim.client().browser.request(`${sim.simulator.org('production').origin}/`);
    expect([moved.status, moved.headers.get('location')]).toEqual([302, 'https://new.my.salesforce.com/']);
  });

  it('drop before: no answer, nothing done', async () => {
    expect(await refreshUnder({ fault: 'drop_before', endpoint: 'refresh' })).toEqual({
      seen: 'lost',
      refreshes: 0,
    });
  });

  it('drop after: no answer, but rotated', async () => {
    expect(await refreshUnder({ fault: 'drop_after', endpoint: 'refresh' })).toEqual({
      seen: 'lost',
      refreshes: 1,
    });
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('5xx with processed %s', async (processed, refreshes) => {
    const result = await refreshUnder({
      fault: 'server_error',
      endpoint: 'refresh',
      status: 503,
      body: 'json',
      processed,
    });
    expect((result.seen as Response).status).toBe(503);
    expect(result.refreshes).toBe(refreshes);
  });

  it('504 after rotating', async () => {
    const result = await refreshUnder({ fault: 'gateway_timeout_after', endpoint: 'refresh' });
    expect((result.seen as Response).status).toBe(504);
    expect(result.refreshes).toBe(1);
  });

  it('truncated JSON: a complete answer that does not parse, after the work', async () => {
    const result = await refreshUnder({ fault: 'truncated_json', endpoint: 'refresh' });
    const text = await (result.seen as Response).text();
    expect(text.startsWith('{"access_token":"')).toBe(true);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(result.refreshes).toBe(1);
  });

  it('truncated JSON: the connection breaks inside the body', async () => {
    const result = await refreshUnder({ fault: 'truncated_json', endpoint: 'refresh', cut: 'connection' });
    await expect((result.seen as Response).text()).rejects.toThrow('terminated');
    expect(result.refreshes).toBe(1);
  });

  it('HTML with status 200', async () => {
    const result = await refreshUnder({ fault: 'html_answer', endpoint: 'refresh' });
    expect(await (result.seen as Response).text()).toContain('We are setting things up');
    expect(result.refreshes).toBe(0);
  });

  it('client gone, processed 60 s later: the late work consumes the token', async () => {
    const client = sim.client();
    const { refresh_token } = await client.connect(ada.username);
    await sim.control.addFault({ fault: 'processed_late', endpoint: 'refresh', afterMs: 60_000 });
    await expect(client.refresh(refresh_token)).rejects.toThrow('fetch failed');
    await sim.control.advanceClock(59_000);
    expect((await sim.control.counts()).refreshes).toBe(0);
    await sim.control.advanceClock(1000);
    expect(await sim.control.counts()).toMatchObject({ refreshes: 1, violations: 0 });
    const late = (await sim.control.listRequests()).find((entry) => entry.fault === 'processed_late');
    expect(late).toMatchObject({ processed: true, status: null });
  });

  it('client gone, and an impatient second refresh: the late one is the violation', async () => {
    const client = sim.client();
    const { refresh_token } = await client.connect(ada.username);
    await sim.control.addFault({ fault: 'processed_late', endpoint: 'refresh', afterMs: 60_000 });
    await expect(client.refresh(refresh_token)).rejects.toThrow('fetch failed');
    const second = (await (await client.refresh(refresh_token)).json()) as TokenSet;
    await sim.control.advanceClock(60_000);
    expect((await sim.control.counts()).violations).toBe(1);
    expect((await client.refresh(second.refresh_token)).status).toBe(400);
  });

  it('any fault may take its time and holds the token meanwhile', async () => {
    const client = sim.client();
    const { refresh_token } = await client.connect(ada.username);
    await sim.control.addFault({ fault: 'drop_after', endpoint: 'refresh', delayMs: 300 });
    const [first, second] = await Promise.allSettled([
      client.refresh(refresh_token),
      answerOf(client.refresh(refresh_token)),
    ]);
    const fates = [first, second].map(({ status }) => status);
    expect(fates.sort()).toEqual(['fulfilled', 'rejected']);
    expect(await sim.control.counts()).toMatchObject({ refreshes: 1, violations: 0 });
  });

  it('slow at the edge holds no token: a second request overtakes it', async () => {
    const client = sim.client();
    const { refresh_token } = await client.connect(ada.username);
    await sim.control.addFault({ fault: 'slow', endpoint: 'refresh', ms: 300, at: 'edge' });
    const slow = answerOf(client.refresh(refresh_token));
    while (!(await sim.control.listRequests()).some((entry) => entry.fault === 'slow'));
    expect((await client.refresh(refresh_token)).status).toBe(200);
    expect(await slow).toMatchObject({ status: 400 });
    expect((await sim.control.counts()).violations).toBe(1);
  });

  it.each([
    [{ fault: 'wrong_secret', endpoint: 'token' }, 'invalid_client', 'invalid client credentials'],
    [{ fault: 'ip_restricted', endpoint: 'token' }, 'invalid_grant', 'ip restricted'],
    [
      { fault: 'oauth_error', endpoint: 'token', error: 'server_error', description: 'oops', status: 500 },
      'server_error',
      'oops',
    ],
  ] as const)('%j answers in Salesforce’s words and does nothing', async (fault, error, description) => {
    const { seen, refreshes } = await refreshUnder(fault);
    expect(await (seen as Response).json()).toEqual({ error, error_description: description });
    expect(refreshes).toBe(0);
  });

  it('strike the named endpoint and org, as often as told, after those to skip', async () => {
    const client = sim.client();
    await sim.control.addFault({
      fault: 'server_error',
      endpoint: 'userinfo',
      org: 'production',
      skip: 1,
      count: 2,
    });
    const statusOf = async (org: 'production' | 'uat', path: string) =>
      (await sim.client(org).get(path, null)).status;
    const path = '/services/oauth2/userinfo';
    expect(await statusOf('uat', path)).toBe(403);
    expect(await statusOf('production', '/id/keys')).toBe(200);
    const statuses: number[] = [];
    for (let n = 0; n < 4; n++) statuses.push((await client.get(path, null)).status);
    expect(statuses).toEqual([403, 503, 503, 403]);
    expect(await sim.control.listFaults()).toEqual([]);
  });

  it('without a count last until they are removed', async () => {
    const id = await sim.control.addFault({ fault: 'drop_before', endpoint: 'any', count: null });
    for (let n = 0; n < 3; n++) await expect(sim.client().get('/id/keys', null)).rejects.toThrow();
    await sim.control.removeFault(id);
    expect((await sim.client().get('/id/keys', null)).status).toBe(200);
  });

  it('are refused when they are misspelt', async () => {
    const misspelt = { fault: 'drop_befor', endpoint: 'any' } as unknown as FaultInput;
    await expect(sim.control.addFault(misspelt)).rejects.toThrow('refused POST /faults');
    const extra = { fault: 'drop_before', endpoint: 'any', often: true } as unknown as FaultInput;
    await expect(sim.control.addFault(extra)).rejects.toThrow('often');
  });

  it.each([
    ['query_timeout', 'query', 400, 'QUERY_TIMEOUT', 'Your query request was running for too long.'],
    [
      'concurrent_limit',
      'data',
      403,
      'REQUEST_LIMIT_EXCEEDED',
      'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
    ],
  ] as const)('%s answers as Salesforce does', async (fault, endpoint, status, errorCode, message) => {
    const client = sim.client();
    const { access_token } = await client.connect(ada.username);
    const path = '/services/data/v66.0/query?q=SELECT+Id+FROM+Account+LIMIT+1';
    await sim.control.addFault({ fault, endpoint });
    const answer = await client.get(path, access_token);
    expect([answer.status, await answer.json()]).toEqual([status, [{ message, errorCode }]]);
    expect((await client.get(path, access_token)).status).toBe(200);
  });

  it.each([
    ['composite', 'POST', '/services/data/v66.0/composite'],
    ['search', 'GET', '/services/data/v66.0/parameterizedSearch?q=acme'],
    ['single_access', 'POST', '/services/oauth2/singleaccess'],
  ] as const)('strike %s by its own name', async (endpoint, method, path) => {
    const { origin } = sim.simulator.org('production');
    await sim.control.addFault({ fault: 'server_error', endpoint });
    const answer = await fetch(origin + path, { method });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'text/html;charset=UTF-8']);
  });
});
