import { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControlClient } from '@/simulator/control-client';
import { PRODUCTION } from '@/simulator/seed/facts';
import { type RunningSimulator, startSimulator } from '@/simulator/server';
import { CALLBACK } from '@/simulator/testing/client';
import { BrokerPortal } from './broker-portal';

const ROWS = 50_000;

/** jsforce 3.10.16 as it is, told nothing but an address and a key. */
describe('an unmodified Salesforce client', () => {
  let simulator: RunningSimulator;
  let portal: BrokerPortal;

  beforeAll(async () => {
    simulator = await startSimulator({
      accounts: { production: ROWS, uat: 5 },
      callbackUrls: { production: [CALLBACK] },
    });
    const org = simulator.org('production');
    portal = await BrokerPortal.open({ org, username: PRODUCTION.users.ada.username }, 1);
  });

  afterAll(async () => {
    await portal?.close();
    await simulator?.stop();
  });

  it.each(['root', 'prefix'])('reads 50,000 rows, describes and writes at the %s', async (where) => {
    const [program] = portal.programs;
    const prefix = where === 'root' ? '' : `/api/v1/connections/${program?.connectionId}/proxy`;
    const connection = new Connection({
      instanceUrl: portal.origin + prefix,
      accessToken: program?.secret ?? '',
      version: '66.0',
    });
    const all = await connection.query<{ Id: string }>('SELECT Id, Name FROM Account', {
      autoFetch: true,
      maxFetch: ROWS,
    });
    expect(new Set(all.records.map(({ Id }) => Id)).size).toBe(ROWS);
    expect(connection.limitInfo.apiUsage?.used).toBeGreaterThan(24);

    expect((await connection.describe('Account')).keyPrefix).toBe('001');
    expect((await connection.describeGlobal()).sobjects.length).toBeGreaterThan(5);
    const account = connection.sobject('Account');
    const { id = '' } = await account.create({ Name: `By jsforce at the ${where}` });
    await account.update({ Id: id, Industry: 'Energy' });
    expect(await account.retrieve(id)).toMatchObject({ Industry: 'Energy' });
    await account.destroy(id);
    await expect(account.retrieve(id)).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });

    const project = connection.sobject('Project__c');
    const key = { External_Key__c: `key-${where}` };
    const first = await project.upsert({ ...key, Name: 'One' }, 'External_Key__c');
    const again = await project.upsert({ ...key, Name: 'Two' }, 'External_Key__c');
    expect(again.id).toBe(first.id);
  });

  it('renews an ended token once for a thousand calls', async () => {
    const control = new ControlClient(simulator.controlOrigin);
    await control.act({ act: 'expire_access_tokens', org: 'production' });
    await control.clearLedger();
    const [program] = portal.programs;
    const headers = { authorization: `Bearer ${program?.secret}` };
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, async () => {
        const answer = await fetch(`${portal.origin}/services/data/v66.0/limits`, { headers });
        await answer.arrayBuffer();
        return answer.status;
      }),
    );
    expect(answers.filter((status) => status !== 200)).toEqual([]);
    expect(await control.counts()).toMatchObject({ refreshes: 1, violations: 0, unknown: 0 });
  });

  it('gets what was sent to Salesforce, and no other path of the same meaning', async () => {
    const [program] = portal.programs;
    const headers = { authorization: `Bearer ${program?.secret}` };
    const { statuses, bodies } = await sendRaw(portal.origin, headers, [
      '/services/data/v66.0/../v66.0/limits',
      '/services/data/v66.0/%2e%2e/v66.0/limits',
      '/x/../services/data/v66.0/limits',
      '/services/oauth2/userinfo',
    ]);
    expect(statuses.filter((status) => status < 400)).toEqual([]);
    expect(bodies.join('')).not.toContain('DailyApiRequests');
  });

  it('streams a body of any length through, where nobody looks into it', async () => {
    const [program] = portal.programs;
    const answer = await fetch(`${portal.origin}/services/data/v66.0/sobjects/Account`, {
      method: 'POST',
      headers: { authorization: `Bearer ${program?.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ Name: 'x'.repeat(17 * 1024 * 1024) }),
    });
    expect(answer.status).toBe(413);
  });
});

/** Targets as they are: `fetch` would resolve them. */
async function sendRaw(origin: string, headers: Record<string, string>, targets: readonly string[]) {
  const { request } = await import('node:http');
  const sent = targets.map(
    (path) =>
      new Promise<{ status: number; body: string }>((resolve, reject) => {
        const { hostname, port } = new URL(origin);
        request({ hostname, port, path, headers, agent: false }, (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (piece: string) => {
            body += piece;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        })
          .on('error', reject)
          .end();
      }),
  );
  const answers = await Promise.all(sent);
  return { statuses: answers.map(({ status }) => status), bodies: answers.map(({ body }) => body) };
}
