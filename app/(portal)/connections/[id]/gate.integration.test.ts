import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Role } from '@/lib/context';
import { Browser } from '@/tests/browser';
import { auditOf } from '@/tests/consent';
import { makeConnection, makeEnvironment, makePerson } from '@/tests/factories';
import { requireReadableConnection } from './gate';

const current = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock('next/headers', () => ({ headers: async () => current.headers }));

beforeEach(() => vi.stubEnv('__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS', 'true'));

/** Somebody of a role who opens the records of a connection of theirs, in an environment for administrators. */
async function opens(role: Role) {
  const person = await makePerson({ role });
  const environment = await makeEnvironment({ access: 'admins' });
  const { id } = await makeConnection({ ownerId: person.id, environmentId: environment.id });
  const browser = new Browser();
  await browser.signIn(person);
  current.headers = browser.headers;
  const path = `/connections/${id}/accounts`;
  current.headers.set('x-orgdock-path', `${path}?q=secret`);
  return { person, path, opened: requireReadableConnection(Promise.resolve({ id })) };
}

describe('the gate of records', () => {
  it.each([
    ['member', /^You have no access to/],
    ['auditor', /^Auditors/],
  ] as const)('refuses a %s who may not read them, and the audit log has it', async (role, reason) => {
    const { person, path, opened } = await opens(role);
    await expect(opened).rejects.toMatchObject({ digest: 'NEXT_HTTP_ERROR_FALLBACK;403' });
    expect((await auditOf('access.denied')).at(-1)).toMatchObject({
      personId: person.id,
      outcome: 'denied',
      subjectId: path,
      details: { reason: expect.stringMatching(reason) },
    });
  });

  it('lets somebody through who may, without a row', async () => {
    const before = (await auditOf('access.denied')).length;
    const { opened } = await opens('admin');
    expect((await opened).connection.environment.slug).toBeTruthy();
    expect(await auditOf('access.denied')).toHaveLength(before);
  });
});
