import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { consentFailures } from '@/db/schema';
import { listFailureGroups } from '@/lib/consent/unanswered/queries';
import { makeContext, makeEnvironment } from '@/tests/factories';

type Failure = Omit<typeof consentFailures.$inferInsert, 'environmentId' | 'intent'>;

async function groupsOf(failures: Failure[]) {
  const { id: environmentId } = await makeEnvironment();
  const rows = failures.map((failure) => ({ environmentId, intent: 'connect' as const, ...failure }));
  await withSystem('test', (tx) => tx.insert(consentFailures).values(rows));
  return await listFailureGroups(await makeContext('admin'), environmentId);
}

describe('consents that failed alike', () => {
  it('are one group whoever they were of, and name nobody', async () => {
    const groups = await groupsOf(
      ['ada', 'grace'].map((name) => ({
        code: 'CONSENT_NOT_A_MEMBER',
        message: `${name}@acme.example has no access to this portal yet.`,
        nextStep: `Ask as ${name}@acme.example.`,
        salesforceError: 'invalid_grant',
        salesforceDescription: `user ${name}@acme.example is not admin approved`,
        details: { username: `${name}@acme.example` },
      })),
    );
    expect(groups).toMatchObject([
      {
        count: 2,
        problem: {
          code: 'CONSENT_NOT_A_MEMBER',
          message: '',
          salesforce: { error: 'invalid_grant', description: 'user (a user) is not admin approved' },
        },
      },
    ]);
    expect(JSON.stringify(groups)).not.toMatch(/ada|grace|acme/);
  });

  it('keep our words where the cause is read from them, one group for each', async () => {
    const messages = [
      'The page at Salesforce was closed before the consent was finished.',
      'Salesforce never sent this consent back.',
    ];
    const groups = await groupsOf(messages.map((message) => ({ code: 'CONSENT_NEVER_CAME_BACK', message })));
    expect(groups.map(({ problem }) => problem.message).sort()).toEqual(messages.sort());
  });
});
