import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog } from '@/db/schema';
import { answerCall } from '@/lib/broker/call/answer-call';
import { decide } from '@/lib/broker/policy/decide';
import { understandRequest } from '@/lib/broker/policy/request/understand-request';
import { keyRequest, makeApiKey } from '@/tests/api-keys';
import { makeContext } from '@/tests/factories';
import { policyOf, SETTINGS } from '@/tests/policy-org';

const SECRET = 'Confidential';
const query = (soql: string) => `/services/data/v60.0/query?q=${encodeURIComponent(soql)}`;

describe('a refusal in the audit log', () => {
  it.each([
    [
      'a value of SOQL',
      query(`SELECT Name FROM Account GROUP BY Name HAVING (NOT Name = '${SECRET}') AND Name != null`),
    ],
    ['a word of SOQL', query(`SELECT Id FROM Account ${SECRET} ${SECRET} ${SECRET}`)],
    ['a path', `/services/data/v60.0/sobjects/Account/x/y/${SECRET}`],
    ['a segment', `/services/data/v60.0/sobjects/Account/Mail__c/${SECRET}%2f`],
    ['a parameter', `/services/data/v60.0/sobjects/Account?${SECRET}=1`],
  ])('repeats nothing of what was asked: %s', async (_what, target) => {
    const { personId } = await makeContext();
    const { secret, id } = await makeApiKey(personId);
    const what = await understandRequest({ method: 'GET', target, headers: [], body: null, describe: null });
    const decision = decide(policyOf(), SETTINGS, what);
    const answer = await answerCall(keyRequest(secret, '/api/v1/x'), { operation: 'proxy' }, async (call) =>
      decision.allowed ? new Response() : await call.refuse(decision),
    );
    expect((await answer.json()) as object).toMatchObject({ detail: expect.stringContaining(SECRET) });
    const rows = await withSystem('test', (tx) =>
      tx
        .select({ details: auditLog.details })
        .from(auditLog)
        .where(and(eq(auditLog.subjectId, id), eq(auditLog.action, 'api_key.denied'))),
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(SECRET);
    expect(JSON.stringify(rows)).toContain('“…”');
  });
});
