import { desc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, gridViews } from '@/db/schema';
import { requireReadable } from '@/lib/connections/queries';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { parseGridState } from '@/lib/soql/grid-state';
import { makeConnection, makeContext, makeEnvironment } from '@/tests/factories';
import { saveLayout, setDefaultView, setFavourite } from '../preferences/commands';
import { deleteView, MAX_VIEWS_OF_OBJECT, renameView, saveView, shareView, updateView } from './commands';
import { resolveView } from './resolve';

interface Desk {
  ctx: PersonContext;
  connection: ReadableConnection;
}

let environmentId: string;
let ada: Desk;
let grace: Desk;
let root: Desk;

async function seat(role: 'member' | 'admin', where = environmentId): Promise<Desk> {
  const ctx = await makeContext(role);
  const { id } = await makeConnection({ ownerId: ctx.personId, environmentId: where });
  return { ctx, connection: await requireReadable(ctx, id) };
}

const QUERY = 'sort=-Name&filter=["all",["Industry","eq","Banking"]]&columns=Name,Industry&row=7';

const save = ({ ctx, connection }: Desk, name = 'Banks', sobject = 'Account') =>
  saveView(ctx, connection, { sobject, name, query: QUERY, layout: null });

const open = ({ ctx, connection }: Desk, text = '') =>
  resolveView(ctx, connection, 'Account', parseGridState(new URLSearchParams(text)));

const saved = async (desk: Desk) =>
  (await open(desk)).views.filter(({ origin }) => origin !== 'ready_made').map(({ name }) => name);

const acts = (id: string) =>
  withSystem('test', (tx) =>
    tx
      .select({ action: auditLog.action, personId: auditLog.personId, details: auditLog.details })
      .from(auditLog)
      .where(eq(auditLog.subjectId, id))
      .orderBy(desc(auditLog.id)),
  );

beforeEach(async () => {
  environmentId = (await makeEnvironment()).id;
  ada = await seat('member');
  grace = await seat('member');
  root = await seat('admin');
});

describe('a saved view', () => {
  it('holds what the grid showed, and opens with it', async () => {
    const id = await save(ada);
    const { state } = await open(ada, `view=${id}`);
    expect(state).toMatchObject({
      sort: [{ field: 'Name', descending: true }],
      filter: { match: 'all', of: [{ field: 'Industry', operator: 'eq', values: ['Banking'] }] },
      columns: ['Name', 'Industry'],
      row: 1,
    });
    await updateView(ada.ctx, ada.connection, id, { query: 'columns=Name', layout: null });
    expect((await open(ada, `view=${id}`)).state).toMatchObject({
      sort: [],
      filter: null,
      columns: ['Name'],
    });
    expect(await acts(id), 'a private view is nobody else’s matter').toEqual([]);
  });

  it('has a name of its own among those of its owner and object', async () => {
    const id = await save(ada);
    await expect(save(ada, ' banks ')).rejects.toMatchObject({ code: 'CONFLICT' });
    await save(ada, 'Banks', 'Contact');
    await save(grace);
    await renameView(ada.ctx, ada.connection, id, 'BANKS');
    await save(ada, 'Insurers');
    const rename = renameView(ada.ctx, ada.connection, id, 'insurers');
    await expect(rename).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('Insurers'),
    });
    await expect(save(ada, 'x'.repeat(81))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(save(ada, '  ')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(save(ada, 'x', 'Account; DROP')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('is taken once when two tabs save it at the same time', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => save(ada)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await saved(ada)).toEqual(['Banks']);
  });

  it('is refused beyond a hundred of an object', async () => {
    const rows = Array.from({ length: MAX_VIEWS_OF_OBJECT }, (_, index) => ({
      ...{ environmentId, sobject: 'Account', ownerId: ada.ctx.personId },
      ...{ name: `View ${index}`, state: {} },
    }));
    await withSystem('test', (tx) => tx.insert(gridViews).values(rows));
    await expect(save(ada)).rejects.toMatchObject({ code: 'CONFLICT' });
    await save(ada, 'Banks', 'Contact');
  });

  it('is changed by nobody else, nor through another environment', async () => {
    const id = await save(ada);
    await shareView(ada.ctx, ada.connection, id, true);
    const elsewhere = await makeEnvironment();
    const own = await makeConnection({ ownerId: ada.ctx.personId, environmentId: elsewhere.id });
    const strangers = [grace, root, { ...ada, connection: await requireReadable(ada.ctx, own.id) }];
    for (const { ctx, connection } of strangers) {
      const refused = { code: 'NOT_FOUND' };
      await expect(renameView(ctx, connection, id, 'Taken')).rejects.toMatchObject(refused);
      const update = updateView(ctx, connection, id, { query: '', layout: null });
      await expect(update).rejects.toMatchObject(refused);
      await expect(shareView(ctx, connection, id, false)).rejects.toMatchObject(refused);
    }
    await expect(deleteView(grace.ctx, grace.connection, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(deleteView(ada.ctx, ada.connection, "' OR 1")).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await saved(grace)).toEqual(['Banks']);
  });

  it('is shared and taken back with an audit row, and says whose it is', async () => {
    const id = await save(ada);
    expect(await saved(grace)).toEqual([]);
    await shareView(ada.ctx, ada.connection, id, true);
    await shareView(ada.ctx, ada.connection, id, true);
    const [shared] = (await open(grace)).views;
    expect(shared).toMatchObject({ name: 'Banks', origin: 'shared', owner: ada.ctx.displayName });
    await updateView(ada.ctx, ada.connection, id, { query: 'q=bank', layout: null });
    await renameView(ada.ctx, ada.connection, id, 'Lenders');
    expect((await open(grace)).views[0]).toMatchObject({ name: 'Lenders', owner: ada.ctx.displayName });
    await shareView(ada.ctx, ada.connection, id, false);
    expect(await saved(grace)).toEqual([]);
    const rows = await acts(id);
    expect(rows.map(({ action }) => action)).toEqual([
      'view.share',
      'view.change',
      'view.change',
      'view.share',
    ]);
    expect(rows.at(-1)).toMatchObject({
      personId: ada.ctx.personId,
      details: { environmentId, sobject: 'Account', name: 'Banks', shared: true },
    });
  });

  it('of others is deleted by an administrator while it is shared, which is noted', async () => {
    const id = await save(ada);
    await expect(deleteView(root.ctx, root.connection, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await shareView(ada.ctx, ada.connection, id, true);
    await deleteView(root.ctx, root.connection, id);
    expect(await saved(ada)).toEqual([]);
    expect((await acts(id))[0]).toMatchObject({
      action: 'view.delete',
      personId: root.ctx.personId,
      details: { name: 'Banks', ownerId: ada.ctx.personId },
    });
  });
});

describe('preferences of a grid', () => {
  it('keep default, layout and favourite apart', async () => {
    const id = await save(ada);
    const layout = {
      density: 'compact',
      wrap: true,
      rowNumbers: false,
      widths: { Name: 240 },
      pinned: [],
    } as const;
    await setFavourite(ada.ctx, ada.connection, 'Account', true);
    await saveLayout(ada.ctx, ada.connection, 'Account', { ...layout, pinned: ['Phone'] });
    await setDefaultView(ada.ctx, ada.connection, 'Account', id);
    const opened = await open(ada);
    expect(opened).toMatchObject({ view: { id, isDefault: true }, isFavourite: true });
    expect(opened.layout).toMatchObject({ density: 'compact', pinned: ['Phone'] });
    await setDefaultView(ada.ctx, ada.connection, 'Account', null);
    expect(await open(ada)).toMatchObject({ view: null, isFavourite: true });
  });

  it('take no default that the person cannot see', async () => {
    const id = await save(grace);
    for (const view of [id, 'no-such', 'my-open-opportunities']) {
      const set = setDefaultView(ada.ctx, ada.connection, 'Account', view);
      await expect(set, view).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await shareView(grace.ctx, grace.connection, id, true);
    await setDefaultView(ada.ctx, ada.connection, 'Account', id);
  });
});
