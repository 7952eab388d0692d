import { beforeEach, describe, expect, it } from 'vitest';
import { PRODUCTION } from '@/simulator/seed/facts';
import { appPackage } from '@/simulator/testing/app-package';
import { useSimulator } from '@/simulator/testing/simulator';
import { allowOrigins, sendJson, startLoopback } from '@/tests/loopback';
import type { SalesforceClient } from '../types';
import { cancelDeploy, readDeploy, startDeploy } from './deploy';
import { writeZip } from './write-zip';

const { ada, grace } = PRODUCTION.users;

function clientWith(accessToken: string, instanceUrl: string): SalesforceClient {
  const grant = async () => ({ accessToken, instanceUrl, generation: 1 });
  return { apiVersion: '66.0', source: { current: grant, renew: grant, used: async () => undefined } };
}

describe('a deployment', () => {
  const sim = useSimulator();
  beforeEach(() => allowOrigins(sim.simulator.org('production').origin));

  async function clientOf(username = ada.username): Promise<SalesforceClient> {
    const { access_token } = await sim.client().connect(username);
    return clientWith(access_token, sim.simulator.org('production').origin);
  }

  it('goes on in Salesforce and is looked at until it is done', async () => {
    const client = await clientOf();
    const { id } = await startDeploy(client, { zip: writeZip(appPackage()), checkOnly: false });
    expect(await readDeploy(client, id)).toMatchObject({ status: 'InProgress', done: false, errors: [] });
    expect(await readDeploy(client, id)).toEqual({
      status: 'Succeeded',
      done: true,
      deployed: 5,
      total: 5,
      errors: [],
      message: null,
    });
    const [org] = await sim.control.listOrgs();
    expect(org?.apps.map(({ developerName }) => developerName)).toEqual(['Orgdock', 'Portal']);
  });

  it('tells Salesforce’s words about a component, and its line', async () => {
    const client = await clientOf();
    const changes = { ExtlClntAppOauthSettings: { commaSeparatedOauthScopes: 'Api, Everything' } };
    const { id } = await startDeploy(client, { zip: writeZip(appPackage(changes)), checkOnly: true });
    await readDeploy(client, id);
    expect(await readDeploy(client, id)).toMatchObject({
      status: 'Failed',
      done: true,
      deployed: 0,
      errors: [
        {
          type: 'ExtlClntAppOauthSettings',
          component: 'Portal',
          file: 'extlClntAppOauthSettings/Portal.ecaOauth',
          problem: expect.stringContaining("Invalid OAuth scope 'Everything'"),
          line: 2,
        },
      ],
    });
  });

  it('can be cancelled until it is done', async () => {
    const client = await clientOf();
    const { id } = await startDeploy(client, { zip: writeZip(appPackage()), checkOnly: false });
    await cancelDeploy(client, id);
    expect(await readDeploy(client, id)).toMatchObject({ status: 'Canceled', done: true });
    await expect(cancelDeploy(client, id)).rejects.toMatchObject({ code: 'SALESFORCE_REFUSED' });
  });

  it('is refused to who may not change metadata', async () => {
    const zip = writeZip(appPackage());
    await expect(
      startDeploy(await clientOf(grace.username), { zip, checkOnly: false }),
    ).rejects.toMatchObject({
      code: 'SALESFORCE_FORBIDDEN',
      salesforce: { error: 'INSUFFICIENT_ACCESS' },
    });
  });

  it('is sent once, also when the org is busy', async () => {
    const { origin, seen } = await startLoopback((_request, response) => response.writeHead(503).end());
    const started = startDeploy(clientWith('token', origin), { zip: writeZip({ a: 'b' }), checkOnly: false });
    await expect(started).rejects.toMatchObject({ code: 'SALESFORCE_UNAVAILABLE' });
    expect(seen).toHaveLength(1);
  });

  it.each([{ id: 'x' }, {}])('understands no other answer than the documented one: %j', async (body) => {
    const { origin } = await startLoopback((_request, response) => sendJson(response, 200, body));
    const client = clientWith('token', origin);
    const invalid = { code: 'SALESFORCE_ANSWER_INVALID' };
    await expect(startDeploy(client, { zip: writeZip({ a: 'b' }), checkOnly: true })).rejects.toMatchObject(
      invalid,
    );
    await expect(readDeploy(client, '0Af000000000001AAA')).rejects.toMatchObject(invalid);
    await expect(readDeploy(client, '../limits')).rejects.toThrow(TypeError);
  });
});
