import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { people } from '@/db/schema';
import { createPerson, grantAdmin, updatePreferences } from '@/lib/people/commands';
import { findPersonByIdentity, getOwnPerson, requirePersonNamed } from '@/lib/people/queries';
import { auditOf } from '@/tests/consent';
import { contextOf, makePerson, systemContext } from '@/tests/factories';
import { stubUser } from '@/tests/salesforce-stub';

const system = <T>(work: Parameters<typeof withSystem<T>>[1]) => withSystem('test', work);

async function createMember(name: string) {
  const user = stubUser(name);
  const person = { ...user, displayName: name, email: `${name}@mail.example`, role: 'member' as const };
  const id = await system((tx) => createPerson(tx, systemContext(), person));
  return { user, id };
}

describe('a person', () => {
  it('is known by org and user id, never by a name or an address', async () => {
    const { user, id } = await createMember('ada');
    expect(await system((tx) => findPersonByIdentity(tx, user))).toEqual({
      id,
      displayName: 'ada',
      deactivated: false,
    });
    const namesake = { ...user, userId: stubUser('eve').userId };
    expect(await system((tx) => findPersonByIdentity(tx, namesake))).toBeNull();
    const elsewhere = { ...user, orgId: stubUser('ada', 'other').orgId };
    expect(await system((tx) => findPersonByIdentity(tx, elsewhere))).toBeNull();
  });

  it('cannot be created twice for one identity', async () => {
    await createMember('twice');
    await expect(createMember('twice')).rejects.toThrow();
  });

  it('is found by an operator by id, e-mail and username, in any case', async () => {
    const { user, id } = await createMember('grace');
    for (const name of [id, 'grace@mail.example', 'GRACE@Mail.Example', ` ${user.username} `]) {
      expect(await system((tx) => requirePersonNamed(tx, name))).toMatchObject({ id });
    }
    await expect(system((tx) => requirePersonNamed(tx, 'nobody'))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is not guessed when several have one address', async () => {
    const [one, two] = [
      await makePerson({ email: 'same@x.example' }),
      await makePerson({ email: 'same@x.example' }),
    ];
    const refused = system((tx) => requirePersonNamed(tx, 'same@x.example'));
    await expect(refused).rejects.toMatchObject({
      code: 'CONFLICT',
      nextStep: expect.stringContaining(one.id),
    });
    await expect(refused).rejects.toMatchObject({ nextStep: expect.stringContaining(two.id) });
  });

  it('becomes an admin by an operator, audited; not when deactivated', async () => {
    const { id } = await createMember('franz');
    const person = await system((tx) => requirePersonNamed(tx, id));
    await system((tx) => grantAdmin(tx, systemContext(), person));
    const [row] = await system((tx) => tx.select().from(people).where(eq(people.id, id)));
    expect(row?.role).toBe('admin');
    expect((await auditOf('person.grant_admin')).at(-1)).toMatchObject({
      subjectId: id,
      details: { before: 'member' },
    });
    await expect(
      system((tx) => grantAdmin(tx, systemContext(), { ...person, deactivated: true })),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('chooses locale and time zone, and goes back to those of Salesforce', async () => {
    const ctx = contextOf(await makePerson());
    await updatePreferences(ctx, { locale: 'de-DE', timeZone: 'Europe/Berlin' });
    expect(await getOwnPerson(ctx)).toMatchObject({ locale: 'de-DE', timeZone: 'Europe/Berlin' });
    expect((await auditOf('person.preferences')).at(-1)).toMatchObject({
      details: { before: { locale: null }, after: { locale: 'de-DE' } },
    });
    await updatePreferences(ctx, { locale: '', timeZone: '' });
    expect(await getOwnPerson(ctx)).toMatchObject({ locale: null, timeZone: null });
    await expect(updatePreferences(ctx, { timeZone: 'Mars/Base' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'Use a time zone such as Europe/Berlin.',
    });
  });

  it('that is gone cannot be read or changed', async () => {
    const person = await makePerson();
    await system((tx) => tx.delete(people).where(eq(people.id, person.id)));
    await expect(getOwnPerson(contextOf(person))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(updatePreferences(contextOf(person), {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
