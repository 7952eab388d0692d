import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { gridPreferences, gridViews } from '@/db/schema';
import { requireReadable } from '@/lib/connections/queries';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { parseGridState } from '@/lib/soql/grid-state';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { resolveView } from './resolve';

const BANKS = {
  sort: [{ field: 'Name', descending: true }],
  q: '',
  filter: { match: 'all', of: [{ field: 'Industry', operator: 'eq', values: ['Banking'] }] },
  columns: ['Name', 'Industry'],
  layout: null,
};

let ada: PersonContext;
let connection: ReadableConnection;

const url = (text: string) => parseGridState(new URLSearchParams(text));
const open = (text: string, sobject = 'Account') => resolveView(ada, connection, sobject, url(text));

async function keepView(values: Partial<typeof gridViews.$inferInsert> = {}): Promise<string> {
  const row = {
    environmentId: connection.environment.id,
    sobject: 'Account',
    ownerId: ada.personId,
    name: 'Banks',
    state: BANKS,
    ...values,
  };
  const [made] = await withSystem('test', (tx) => tx.insert(gridViews).values(row).returning());
  return made?.id ?? '';
}

const preferences = () =>
  withSystem('test', (tx) =>
    tx.select().from(gridPreferences).where(eq(gridPreferences.personId, ada.personId)),
  );

beforeEach(async () => {
  ada = await makeContext();
  const environment = await makeEnvironment();
  const { id } = await makeConnection({ ownerId: ada.personId, environmentId: environment.id });
  connection = await requireReadable(ada, id);
});

describe('the view of a grid', () => {
  it('fills what the URL leaves out, and nothing else', async () => {
    const id = await keepView();
    const { state, view, notices } = await open(`view=${id}&sort=-Phone`);
    expect(view).toMatchObject({ id, name: 'Banks', origin: 'mine', isDefault: false });
    expect(state).toEqual({
      sort: [{ field: 'Phone', descending: true }],
      q: '',
      filter: BANKS.filter,
      columns: BANKS.columns,
      view: id,
      row: 1,
    });
    expect(notices).toEqual([]);
  });

  it('keeps how it is drawn apart from how the reader likes the object', async () => {
    const layout = {
      density: 'compact' as const,
      wrap: true,
      rowNumbers: true,
      widths: { Name: 300 },
      pinned: [],
    };
    const id = await keepView({ state: { ...BANKS, layout } });
    expect(await open(`view=${id}`)).toMatchObject({ layout: null, view: { state: { layout } } });
  });

  it('comes with one’s own before those of others, however many there are', async () => {
    const others = await makeContext();
    await keepView({ name: 'Zebra' });
    await withSystem('test', (tx) =>
      tx.insert(gridViews).values(
        Array.from({ length: 500 }, (_, at) => ({
          ...{ environmentId: connection.environment.id, sobject: 'Account', ownerId: others.personId },
          ...{ name: `A ${at}`, isShared: true, state: BANKS },
        })),
      ),
    );
    expect((await open('')).views[0]).toMatchObject({ name: 'Zebra', origin: 'mine' });
  });

  it('is the default when the URL names none, and none when it asks for all', async () => {
    await open('');
    await withSystem('test', (tx) => tx.update(gridPreferences).set({ defaultView: 'my-accounts' }));
    expect((await open('')).view).toMatchObject({ id: 'my-accounts', isDefault: true });
    const everything = await open('view=all');
    expect(everything).toMatchObject({ view: null, state: { view: 'all', filter: null } });
  });

  it('is a notice when it is gone, whether the URL or the default named it', async () => {
    const named = await open('view=00000000-0000-4000-8000-000000000000&q=acme');
    expect(named).toMatchObject({ view: null, state: { view: 'all', q: 'acme' } });
    expect(named.notices).toEqual([expect.stringContaining('not there any more')]);
    await withSystem('test', (tx) => tx.update(gridPreferences).set({ defaultView: 'no-such' }));
    expect((await open('')).notices).toEqual([expect.stringContaining('default view')]);
    expect((await open('view=all')).notices).toEqual([]);
  });

  it('of another environment or object is unknown here, even to its owner', async () => {
    const { id: environmentId } = await makeEnvironment();
    const elsewhere = await keepView({ environmentId });
    const ofContacts = await keepView({ sobject: 'Contact' });
    for (const id of [elsewhere, ofContacts]) {
      const { view, views, notices } = await open(`view=${id}`);
      expect(view).toBeNull();
      expect(views.every(({ origin }) => origin === 'ready_made')).toBe(true);
      expect(notices).toHaveLength(1);
    }
  });

  it('of somebody else is seen once it is shared, with who shares it', async () => {
    const grace = await makeContext();
    const id = await keepView({ ownerId: grace.personId });
    expect((await open(`view=${id}`)).view).toBeNull();
    const state = { ...BANKS, sharedBy: 'Grace' };
    await withSystem('test', (tx) =>
      tx.update(gridViews).set({ isShared: true, state }).where(eq(gridViews.id, id)),
    );
    expect((await open(`view=${id}`)).view).toMatchObject({ origin: 'shared', owner: 'Grace' });
    const auditor = { ...ada, role: 'auditor' as const };
    expect((await resolveView(auditor, connection, 'Account', url(`view=${id}`))).view).toBeNull();
  });

  it('survives a state that nobody can read', async () => {
    const id = await keepView({ state: { sort: 'x', filter: [1], columns: 7, layout: 'wide' } });
    expect((await open(`view=${id}`)).view?.state).toEqual({
      sort: [],
      q: '',
      filter: null,
      columns: null,
      layout: null,
    });
  });

  it('notes when the object was opened, at most once a minute', async () => {
    await open('');
    const [first] = await preferences();
    expect(first?.lastOpenedAt).toBeInstanceOf(Date);
    await open('');
    expect(await preferences()).toEqual([first]);
    await withSystem('test', (tx) => tx.update(gridPreferences).set({ lastOpenedAt: new Date(0) }));
    await open('');
    expect((await preferences())[0]?.lastOpenedAt?.getTime()).toBeGreaterThan(0);
  });
});
