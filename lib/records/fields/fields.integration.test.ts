import { describe, expect, it } from 'vitest';
import { requireReadable } from '@/lib/connections/queries';
import { useSimulatedOrgs } from '@/tests/simulated';
import { findRecords } from './find-records';
import { readFieldChoices } from './read-field-choices';
import { parseFieldsInput, parseLookupInput } from './schema';

describe('fields and records to choose', () => {
  const orgs = useSimulatedOrgs();

  async function connected() {
    const environment = await orgs.makeEnvironment('production');
    const { ctx, id } = await orgs.connect(environment);
    return { ctx, connection: await requireReadable(ctx, id) };
  }

  describe('readFieldChoices', () => {
    it('offers the fields of the object, its parents and what can be counted, for one call', async () => {
      const { ctx, connection } = await connected();
      const choices = await readFieldChoices(ctx, connection, { sobject: 'Account', path: '' });
      expect(choices).toMatchObject({ sobject: 'Account', label: 'Account' });
      const column = (name: string) => choices.columns.find((one) => one.name === name);
      expect(column('Name')).toMatchObject({ kind: 'text', isName: true, filterable: true });
      expect(column('Industry')?.options?.length).toBeGreaterThan(5);
      expect(column('OwnerId')).toMatchObject({ kind: 'reference', label: 'Owner', referenceTo: ['User'] });
      expect(choices.parents).toContainEqual({ path: 'Owner', label: 'Owner', sobject: 'User' });
      expect(choices.children).toContainEqual({
        name: 'count(Contacts)',
        label: 'Number of Contacts',
        sobject: 'Contact',
      });
      expect(choices.cost.calls).toBeLessThanOrEqual(1);
      const again = await readFieldChoices(ctx, connection, { sobject: 'Account', path: '' });
      expect(again.cost.calls).toBe(0);
    });

    it('follows lookups to the fields of a parent’s parent', async () => {
      const { ctx, connection } = await connected();
      const { columns, children, parents } = await readFieldChoices(ctx, connection, {
        sobject: 'Account',
        path: 'Parent.Owner',
      });
      expect(columns).toContainEqual(expect.objectContaining({ name: 'Parent.Owner.Name', kind: 'text' }));
      expect(parents).toContainEqual(expect.objectContaining({ path: 'Parent.Owner.Manager' }));
      expect(children).toEqual([]);
    });

    it('refuses a path that leads nowhere', async () => {
      const { ctx, connection } = await connected();
      await expect(
        readFieldChoices(ctx, connection, { sobject: 'Account', path: 'Nobody' }),
      ).rejects.toMatchObject({ code: 'SALESFORCE_OBJECT_HIDDEN' });
    });

    it.each(['Owner; DROP', 'a.b.c.d.e.f', '.Owner', 'Owner.'])('takes no path such as %j', (path) => {
      const params = new URLSearchParams({ sobject: 'Account', path });
      expect(() => parseFieldsInput(params)).toThrow(/cannot be asked for/);
    });
  });

  describe('findRecords', () => {
    it('finds records by a part of their name, with what tells them apart', async () => {
      const { ctx, connection } = await connected();
      const { options, cost } = await findRecords(ctx, connection, { sobject: ['User'], q: 'okaf' });
      expect(options).toEqual([
        {
          id: connection.salesforceUserId,
          name: expect.stringMatching(/Okafor/),
          detail: expect.stringMatching(/@/),
        },
      ]);
      expect(cost.calls).toBeGreaterThanOrEqual(1);
      const all = await findRecords(ctx, connection, { sobject: ['Account'], q: '' });
      expect(all.options).toHaveLength(10);
    });

    it('takes what is typed as text and nothing else', async () => {
      const { ctx, connection } = await connected();
      for (const q of ["x' OR Name != '", '%', '_', '\\']) {
        const { options } = await findRecords(ctx, connection, { sobject: ['User'], q });
        expect(options.every(({ name }) => name.includes(q))).toBe(true);
      }
    });

    it('takes names of objects only, and three at most', () => {
      const parse = (sobject: string) => parseLookupInput(new URLSearchParams({ sobject, q: 'a' }));
      expect(parse('User,Group').sobject).toEqual(['User', 'Group']);
      for (const wrong of ['', 'User;', 'A,B,C,D', 'User,']) expect(() => parse(wrong)).toThrow(/looked up/);
    });
  });
});
