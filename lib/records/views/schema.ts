import { z } from 'zod';
import { formatFilter, parseFilter } from '@/lib/soql/filter-text';
import { normalizeSearch, parseColumns, parseGridState } from '@/lib/soql/grid-state';
import { formatSort, parseSort } from '@/lib/soql/sort';
import type { FilterGroup, GridLayout, GridViewState, SortKey } from '../types';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text has the form of a saved view's id. */
export function isViewId(text: string): boolean {
  return UUID.test(text);
}

/** An object's API name. */
export const sobjectSchema = z.string().regex(/^[A-Za-z]\w{0,79}$/, 'This is no API name of an object.');

export const viewNameSchema = z
  .string()
  .trim()
  .min(1, 'Give the view a name.')
  .max(80, 'Use at most 80 characters.');

export const layoutSchema: z.ZodType<GridLayout> = z.object({
  density: z.enum(['compact', 'comfortable']),
  wrap: z.boolean(),
  rowNumbers: z.boolean(),
  widths: z
    .record(z.string().max(500), z.number().min(20).max(2_000))
    .refine((widths) => Object.keys(widths).length <= 1_000),
  pinned: z.array(z.string().max(500)).max(50),
});

/** A grid's state as its URL holds it, without `?`; `row` and `view` are not part of a view. */
const querySchema = z.string().max(60_000, 'This state is too long for a view.');

const contentShape = { query: querySchema, layout: layoutSchema.nullable() };

export const saveViewSchema = z.object({ sobject: sobjectSchema, name: viewNameSchema, ...contentShape });
export const updateViewSchema = z.object(contentShape);

export type SaveViewInput = z.input<typeof saveViewSchema>;
export type UpdateViewInput = z.input<typeof updateViewSchema>;

/** What a view keeps of a grid's URL and its layout. */
export function viewStateOf({ query, layout }: z.output<typeof updateViewSchema>): GridViewState {
  const { sort, q, filter, columns } = parseGridState(new URLSearchParams(query));
  return { sort, q, filter: filter?.of.length === 0 ? null : filter, columns, layout };
}

/** Reads a view's state as the database holds it: what an older version has written, or nobody can read, is left out. */
export function readViewState(value: unknown): GridViewState {
  const kept = (value ?? {}) as Partial<Record<keyof GridViewState, unknown>>;
  return {
    sort: attempt(() => parseSort(formatSort(kept.sort as SortKey[]))) ?? [],
    q: typeof kept.q === 'string' ? normalizeSearch(kept.q) : '',
    filter: attempt(() => parseFilter(formatFilter(kept.filter as FilterGroup))) ?? null,
    columns: attempt(() => parseColumns((kept.columns as string[]).join(','))) ?? null,
    layout: readLayout(kept.layout),
  };
}

/** As `readViewState`, of a layout. */
export function readLayout(value: unknown): GridLayout | null {
  return layoutSchema.safeParse(value).data ?? null;
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
