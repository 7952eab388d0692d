import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { environments } from '@/db/schema';
import type { KeyPolicy } from '@/lib/broker/types';
import { keyRequest, makeApiKey } from '@/tests/api-keys';
import { makePerson } from '@/tests/factories';
import { startProgram } from '@/tests/programs';
import { GET as getAtRoot, POST as postAtRoot } from '../../../services/[...path]/route';
import { GET as getThrough, POST as postThrough } from './[id]/proxy/[...path]/route';
import { POST as query } from './[id]/query/route';
import { GET as readRecord } from './[id]/records/[sobject]/[recordId]/route';
import { POST as makeRecord } from './[id]/records/[sobject]/route';
import { POST as token } from './[id]/token/route';

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: unknown) => ({ method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) });

/** Keys by what their policy is about. All are bound to the connection; the last one is another person's. */
const KINDS: Record<string, Partial<KeyPolicy>> = {
  everything: { rawToken: true },
  reads: { access: 'read' },
  'named queries only': { access: 'named_queries' },
  describes: { operations: ['describe'] },
  'contacts only': { objects: [{ name: 'Contact', fields: null }] },
  'another connection': { connections: ['00000000-0000-4000-8000-000000000000'] },
};

/** What each route answers to the kinds, in their order, then to a stranger's key and to none. */
const EXPECTED: Record<string, number[]> = {
  'GET proxy': [200, 200, 403, 403, 403, 403, 404, 401],
  'POST proxy': [201, 403, 403, 403, 403, 403, 404, 401],
  'GET root': [200, 200, 403, 403, 403, 404, 404, 401],
  'POST root': [201, 403, 403, 403, 403, 404, 404, 401],
  query: [200, 200, 403, 403, 403, 403, 404, 401],
  'make record': [201, 403, 403, 403, 403, 403, 404, 401],
  'read record': [200, 200, 403, 403, 403, 403, 404, 401],
  token: [200, 403, 403, 403, 403, 403, 404, 401],
};

describe('every route by the kind of key', () => {
  it('answers as the matrix says', async () => {
    const program = await startProgram();
    const { connectionId: id } = program;
    await withSystem('test', (tx) =>
      tx
        .update(environments)
        .set({ allowRawTokens: true })
        .where(eq(environments.id, program.environment.id)),
    );
    const stranger = await makeApiKey((await makePerson()).id, { connections: [id], rawToken: true });
    const secrets = await Promise.all(Object.values(KINDS).map((policy) => program.another(policy)));
    const data = '/services/data/v66.0';
    const soql = 'SELECT Id FROM Account LIMIT 1';
    const q = `${data}/query?q=${encodeURIComponent(soql)}`;
    const base = `/api/v1/connections/${id}`;
    const params = Promise.resolve({ id });
    const ofAccount = { id, sobject: 'Account' };
    const [{ Id: recordId = '' } = {}] = (
      (await (await getAtRoot(keyRequest(secrets[0] ?? '', q))).json()) as { records: { Id: string }[] }
    ).records;
    const routes: Record<string, (secret: string | null) => Promise<Response>> = {
      'GET proxy': (secret) => getThrough(keyRequest(secret, `${base}/proxy${q}`), { params }),
      'POST proxy': (secret) =>
        postThrough(keyRequest(secret, `${base}/proxy${data}/sobjects/Account`, post({ Name: 'A' })), {
          params,
        }),
      'GET root': (secret) => getAtRoot(keyRequest(secret, q)),
      'POST root': (secret) =>
        postAtRoot(keyRequest(secret, `${data}/sobjects/Account`, post({ Name: 'A' }))),
      query: (secret) => query(keyRequest(secret, `${base}/query`, post({ soql })), { params }),
      'make record': (secret) =>
        makeRecord(keyRequest(secret, `${base}/records/Account`, post({ Name: 'A' })), {
          params: Promise.resolve(ofAccount),
        }),
      'read record': (secret) =>
        readRecord(keyRequest(secret, `${base}/records/Account/${recordId}`), {
          params: Promise.resolve({ ...ofAccount, recordId }),
        }),
      token: (secret) => token(keyRequest(secret, `${base}/token`, post({})), { params }),
    };
    const answered: Record<string, number[]> = {};
    for (const [name, route] of Object.entries(routes)) {
      const statuses: number[] = [];
      for (const secret of [...secrets, stranger.secret, null]) {
        const answer = await route(secret);
        await answer.text();
        statuses.push(answer.status);
      }
      answered[name] = statuses;
    }
    expect(answered).toEqual(EXPECTED);
  });
});
