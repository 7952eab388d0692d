import { describe, expect, it } from 'vitest';
import { requireReadable } from '@/lib/connections/queries';
import { countRecords, favouriteObjects, listObjects } from '@/lib/records/objects/queries';
import { openGrid } from '@/lib/records/open-grid';
import { setFavourite } from '@/lib/records/preferences/commands';
import { parseGridState } from '@/lib/soql/grid-state';
import { connectSimulated, startSimulatedOrg } from '@/tests/simulated-org';
import { searchConnection } from './search-connection';

async function connect(username = 'ada@acme.example') {
  const simulated = await startSimulatedOrg();
  const { ctx, connectionId } = await connectSimulated(simulated, username);
  return { ...simulated, ctx, connection: await requireReadable(ctx, connectionId) };
}

describe('a search over a connection', () => {
  it('finds records of several objects in one call, with what tells them apart', async () => {
    const { ctx, connection } = await connect();
    const state = parseGridState({ columns: 'Name' });
    const { window } = await openGrid(ctx, connection, { sobject: 'Account', state });
    const name = String(window.rows.values[0]?.[0]);
    const first = await searchConnection(ctx, connection, name);
    expect(first.searched).toEqual(['Accounts', 'Opportunities', 'Contacts']);
    const [account] = first.groups.find(({ sobject }) => sobject === 'Account')?.hits ?? [];
    expect(account).toMatchObject({ id: window.rows.ids[0], name });
    expect(account?.detail).not.toBe('');
    const second = await searchConnection(ctx, connection, name.slice(0, 4));
    expect(second.groups[0]?.sobject).toBe('Account');
    expect(second.calls).toBe(1);
    expect(second.budget?.max).toBeGreaterThan(0);
  });

  it('says plainly that nothing was found, and asks no org for what is too short', async () => {
    const { ctx, connection } = await connect();
    expect((await searchConnection(ctx, connection, 'zzqqzz')).groups).toEqual([]);
    await expect(searchConnection(ctx, connection, ' * a')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('looks into favourites as well', async () => {
    const { ctx, connection } = await connect();
    await setFavourite(ctx, connection, 'Project__c', true);
    await setFavourite(ctx, connection, 'Gone__c', true);
    expect((await searchConnection(ctx, connection, 'project')).searched).toContain('Projects');
  });
});

describe('the objects of a connection', () => {
  it('are those that can be queried, with what the reader marked and how many records they have', async () => {
    const { ctx, connection } = await connect();
    await setFavourite(ctx, connection, 'Contact', true);
    expect(await favouriteObjects(ctx, connection)).toEqual([
      { name: 'Contact', label: expect.stringMatching(/^Contacts?$/) },
    ]);
    const list = await listObjects(ctx, connection);
    expect(list.objects[0]).toMatchObject({ name: 'Account', kind: 'main', isFavourite: false });
    expect(list.objects.find(({ name }) => name === 'Contact')).toMatchObject({ isFavourite: true });
    expect((await listObjects(ctx, connection)).calls).toBe(0);
    const { counts, calls } = await countRecords(ctx, connection, ['Account', 'Nothing__c']);
    expect({ counts, calls }).toEqual({ counts: { Account: 5 }, calls: 1 });
    for (const names of [[], ['Account,Contact'], Array.from({ length: 201 }, () => 'Account')]) {
      const refused = countRecords(ctx, connection, names);
      await expect(refused).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
  });
});
