import { sql } from 'drizzle-orm';
import { withActor } from '@/db/client';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import type { GridLayout, GridView } from '../types';
import { readLayout, readViewState } from './schema';

/** Objects of an environment that Orgdock remembers something about, for each person. */
const MAX_PREFERENCES = 2_000;
const MAX_VIEWS = 500;

export interface ViewsOfObject {
  /** One's own and those that others share, by name. */
  saved: GridView[];
  /** As stored: the view may be gone. */
  defaultView: string | null;
  layout: GridLayout | null;
  isFavourite: boolean;
}

interface Row extends Record<string, unknown> {
  preference: { default_view: string | null; layout: unknown; is_favourite: boolean } | null;
  views: Array<{ id: string; name: string; mine: boolean; shared: boolean; state: unknown }>;
}

/** Everything that a person has for an object's grid, and that they opened it now: in one statement. */
export async function openViews(
  ctx: PersonContext,
  connection: ReadableConnection,
  sobject: string,
): Promise<ViewsOfObject> {
  const { personId } = ctx;
  const environmentId = connection.environment.id;
  const result = await withActor(ctx, (tx) =>
    tx.execute<Row>(sql`
      WITH known AS (
        SELECT default_view, layout, is_favourite, last_opened_at FROM orgdock.grid_preferences
         WHERE person_id = ${personId} AND environment_id = ${environmentId} AND sobject = ${sobject}
      ), opened AS (
        INSERT INTO orgdock.grid_preferences (person_id, environment_id, sobject, last_opened_at)
        SELECT ${personId}::uuid, ${environmentId}::uuid, ${sobject}, (SELECT orgdock.now())
         WHERE NOT EXISTS (SELECT FROM known WHERE last_opened_at > (SELECT orgdock.now()) - interval '1 minute')
           AND (EXISTS (SELECT FROM known) OR ${MAX_PREFERENCES} > (
             SELECT count(*) FROM orgdock.grid_preferences
              WHERE person_id = ${personId} AND environment_id = ${environmentId}))
        ON CONFLICT (person_id, environment_id, sobject) DO UPDATE SET last_opened_at = excluded.last_opened_at
      )
      SELECT (SELECT to_jsonb(known) FROM known) AS preference, coalesce(jsonb_agg(view), '[]') AS views
        FROM (
          SELECT id, name, owner_id = ${personId} AS mine, is_shared AS shared, state FROM orgdock.grid_views
           WHERE environment_id = ${environmentId} AND sobject = ${sobject}
           ORDER BY owner_id = ${personId} DESC, lower(name), id LIMIT ${MAX_VIEWS}
        ) AS view`),
  );
  const { preference = null, views = [] } = result.rows[0] ?? {};
  const defaultView = preference?.default_view ?? null;
  return {
    saved: views.map((view) => toView(view, defaultView)),
    defaultView,
    layout: readLayout(preference?.layout),
    isFavourite: preference?.is_favourite ?? false,
  };
}

function toView(
  { id, name, mine, shared, state }: Row['views'][number],
  defaultView: string | null,
): GridView {
  return {
    id,
    name,
    description: null,
    origin: mine ? 'mine' : 'shared',
    owner: mine ? null : ownerOf(state),
    isShared: shared,
    isDefault: id === defaultView,
    state: readViewState(state),
  };
}

/** Members read nobody's name but their own, so a shared view carries that of who shares it. */
function ownerOf(state: unknown): string | null {
  const { sharedBy } = (state ?? {}) as { sharedBy?: unknown };
  return typeof sharedBy === 'string' ? sharedBy : null;
}
