import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { environments } from '@/db/schema';
import { OPERATIONS_OF_API } from '@/lib/broker/openapi/operations';
import { registry } from '@/lib/registry';
import { makeApiKey } from '@/tests/api-keys';
import { type Call, callOperation, faultsOf } from '@/tests/broker-api';
import { startProgram } from '@/tests/programs';

beforeEach(() => {
  for (const slot of ['salesforce.describes', 'records.budgets', 'salesforce.retry-budgets'])
    registry().slots.delete(slot);
});

const DATA = 'services/data/v66.0';
const LIMITS = { path: `${DATA}/limits` };
const ACCOUNTS = { path: `${DATA}/sobjects/Account` };

/** A call of each operation that succeeds, and the status of its answer. `made`, `link`: ids of what was made before. */
function callsOf(id: string, slug: string, { made, link }: { made: string; link: string }) {
  const name = { body: { Name: 'Made by contract' } };
  const atRoot = ({ path }: { path: string }) => ({ path: path.replace('services/', '') });
  const ofMade = { path: `${DATA}/sobjects/Account/${made}` };
  const calls: Record<string, [Call, number]> = {
    listConnections: [{ query: { environment: slug } }, 200],
    getConnection: [{ path: { id } }, 200],
    handOutToken: [{ path: { id }, body: {} }, 200],
    query: [{ path: { id }, body: { soql: 'SELECT Id, Name, Owner.Name FROM Account' } }, 200],
    runNamedQuery: [{ path: { name: 'getAccounts' }, query: { connection: id, limit: '5' } }, 200],
    getRecord: [{ path: { id, sobject: 'Account', recordId: made }, query: { fields: 'Id,Name' } }, 200],
    createRecord: [{ path: { id, sobject: 'Account' }, ...name, headers: { 'idempotency-key': 'one' } }, 201],
    updateRecord: [{ path: { id, sobject: 'Account', recordId: made }, ...name }, 204],
    getThroughConnection: [{ path: { id, ...LIMITS } }, 200],
    // The simulated org takes no HEAD.
    headThroughConnection: [{ path: { id, ...LIMITS } }, 501],
    postThroughConnection: [{ path: { id, ...ACCOUNTS }, ...name }, 201],
    patchThroughConnection: [{ path: { id, ...ofMade }, ...name }, 204],
    getAtRoot: [{ path: atRoot(LIMITS) }, 200],
    headAtRoot: [{ path: atRoot(LIMITS) }, 501],
    postAtRoot: [{ path: atRoot(ACCOUNTS), ...name }, 201],
    patchAtRoot: [{ path: atRoot(ofMade), ...name }, 204],
    // Salesforce takes no PUT there, and the policy does not know what it would do.
    putThroughConnection: [{ path: { id, ...ofMade }, ...name }, 403],
    putAtRoot: [{ path: atRoot(ofMade), ...name }, 403],
    createConnectLink: [{ body: { environment: slug, purpose: 'Reports at night' } }, 201],
    getConnectLink: [{ path: { id: link } }, 200],
    getDocument: [{}, 200],
    deleteRecord: [{ path: { id, sobject: 'Account', recordId: made } }, 204],
    deleteThroughConnection: [{ path: { id, ...ofMade } }, 404],
    deleteAtRoot: [{ path: atRoot(ofMade) }, 404],
  };
  return calls;
}

describe('the contract', () => {
  it('holds for every operation of the document', async () => {
    const program = await startProgram({ rawToken: true });
    const { connectionId: id, environment } = program;
    await withSystem('test', (tx) =>
      tx.update(environments).set({ allowRawTokens: true }).where(eq(environments.id, environment.id)),
    );
    const unbound = (await makeApiKey(program.ownerId)).secret;
    const operationOf = (operationId: string) => {
      const found = OPERATIONS_OF_API.find((operation) => operation.operationId === operationId);
      if (!found) throw new Error(`There is no ${operationId}.`);
      return found;
    };
    const made = await callOperation(operationOf('createRecord'), program.secret, {
      path: { id, sobject: 'Account' },
      body: { Name: 'First' },
    });
    const link = await callOperation(operationOf('createConnectLink'), unbound, {
      body: { environment: environment.slug, purpose: 'Reports' },
    });
    const idOf = async (answer: Response | null) =>
      answer ? ((await answer.json()) as { id: string }).id : '';
    const calls = callsOf(id, environment.slug, { made: await idOf(made), link: await idOf(link) });
    const ids = OPERATIONS_OF_API.map(({ operationId }) => operationId);
    expect(Object.keys(calls).toSorted()).toEqual(ids.toSorted());
    const wrong: string[] = [];
    for (const [operationId, [call, status]] of Object.entries(calls)) {
      const operation = operationOf(operationId);
      const secret = operation.tag === 'Connect links' ? unbound : program.secret;
      const answer = await callOperation(operation, operation.key === 'none' ? null : secret, call);
      if (!answer) throw new Error(`${operationId} was not sent`);
      if (answer.status !== status)
        wrong.push(`${operationId}: ${answer.status} ${await answer.clone().text()}`);
      wrong.push(...(await faultsOf(operation, answer)).map((fault) => `${operationId}: ${fault}`));
      if (operation.key === 'none') continue;
      const nobody = await callOperation(operation, null, call);
      if (nobody?.status !== 401) wrong.push(`${operationId}: ${nobody?.status} without a key`);
      else wrong.push(...(await faultsOf(operation, nobody)).map((fault) => `${operationId}: ${fault}`));
    }
    expect(wrong).toEqual([]);
  });
});
