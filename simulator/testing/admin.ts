import { PRODUCTION } from '@/simulator/seed/facts';
import { answerOf, TestClient } from '@/simulator/testing/client';
import type { SimulatorUnderTest } from '@/simulator/testing/simulator';
import { zipOf } from '@/simulator/testing/zip';

const ROOT = '/services/data/v66.0';
export const OPTIONS = { singlePackage: true, rollbackOnError: true, checkOnly: false, ignoreWarnings: true };

interface DeployResult {
  status: string;
  done: boolean;
  success: boolean;
  numberComponentsTotal: number;
  numberComponentsDeployed: number;
  numberComponentErrors: number;
  details: {
    componentFailures: Array<{ fullName: string; problem: string; lineNumber?: number }>;
    componentSuccesses: Array<{ componentType: string; created: boolean }>;
  };
}

/** Somebody who is signed in at Production, with the requests of an administrator. */
export async function signInAt(sim: SimulatorUnderTest, username = PRODUCTION.users.ada.username) {
  const client = sim.client();
  const { access_token: token } = await client.connect(username);
  const call = async <T>(method: string, path: string, body?: FormData | string) => {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (typeof body === 'string') headers['content-type'] = 'application/json';
    const init = { method, headers, ...(body !== undefined && { body }) };
    const answer = await answerOf(fetch(`${client.org.origin}${ROOT}${path}`, init));
    return { status: answer.status, body: answer.body as T };
  };
  const send = (zip: Buffer, options: object = OPTIONS, part = 'json') => {
    const form = new FormData();
    const json = JSON.stringify({ deployOptions: options });
    form.append(part, new Blob([json], { type: 'application/json' }));
    form.append('file', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), 'deploy.zip');
    return call<{ id: string; deployResult: DeployResult }>('POST', '/metadata/deployRequest', form);
  };
  const look = async (id: string) => {
    const path = `/metadata/deployRequest/${id}?includeDetails=true`;
    return (await call<{ deployResult: DeployResult }>('GET', path)).body.deployResult;
  };
  /** Sends the files and looks until it is done. */
  const deploy = async (files: Record<string, string>, options: object = OPTIONS) => {
    const { body } = await send(zipOf(files), options);
    await look(body.id);
    return look(body.id);
  };
  const query = async (soql: string) => {
    const path = `/query?q=${encodeURIComponent(soql)}`;
    return (await call<{ records: Array<Record<string, unknown>> }>('GET', path)).body.records;
  };
  return { client, token, call, send, look, deploy, query };
}

/** A client of an app of Production; its key and secret are read as an administrator would. */
export async function clientOf(sim: SimulatorUnderTest, developerName: string): Promise<TestClient> {
  const [org] = await sim.control.listOrgs();
  const app = org?.apps.find((one) => one.developerName === developerName);
  if (!app) throw new Error(`There is no app ${developerName}.`);
  await sim.control.act({ act: 'secrets_by_rest', org: 'production', on: true });
  const { call } = await signInAt(sim);
  const path = `/apps/oauth/credentials/${app.id}`;
  const { body } = await call<{ consumers: Array<{ id: string }> }>('GET', path);
  const pair = await call<{ key: string; secret: string }>(
    'GET',
    `${path}/${body.consumers[0]?.id}?part=keyandsecret`,
  );
  const { key: clientId, secret: clientSecret } = pair.body;
  return new TestClient({ ...sim.simulator.org('production'), clientId, clientSecret });
}
