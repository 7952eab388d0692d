import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { RowsAt, RowsFrom } from '@/lib/records/load-rows';
import { parseGridState } from '@/lib/soql/grid-state';
import { parseList } from '@/lib/soql/locator';
import type { GridInput } from './window/plan-grid';

const MOST_ROWS = 50_000_000;

const sobject = z.string().regex(/^[A-Za-z]\w{0,79}$/);
const count = z
  .string()
  .regex(/^\d{1,8}$/)
  .transform(Number)
  .refine((rows) => rows <= MOST_ROWS);
/** Empty: the grid has no open list. */
const list = z
  .literal('')
  .transform(() => null)
  .or(
    z.string().transform((text, context) => {
      const open = parseList(text);
      if (open === null) context.addIssue('not a list');
      return open;
    }),
  );

const rowsSchema = z.object({
  list: list.nullable(),
  cursor: z.string().max(2_000).nullable(),
  offset: count.nullable(),
  from: z.string().min(1).max(255).nullable(),
});

/** The object and state of a grid in the parameters of a request. Throws INVALID_INPUT. */
export function parseGridInput(params: URLSearchParams): GridInput {
  const name = sobject.safeParse(params.get('sobject'));
  if (!name.success) throw new AppError('INVALID_INPUT', 'This is not the name of an object.');
  const state = parseGridState(params);
  // A filter that is dropped would show every row under the words of the filter.
  if ((params.get('filter') ?? '') !== '' && state.filter === null) {
    throw new AppError('FILTER_TOO_LONG', 'The filter is too long, or is none.', {
      nextStep: 'Take conditions or values away.',
    });
  }
  return { sobject: name.data, state };
}

/** Which rows a request asks for: from a row on, or from a value on. Throws INVALID_INPUT. */
export function parseRowsRequest(params: URLSearchParams): RowsFrom | RowsAt {
  const names = ['list', 'cursor', 'offset', 'from'] as const;
  const read = rowsSchema.safeParse(Object.fromEntries(names.map((name) => [name, params.get(name)])));
  if (read.success) {
    const { from, offset, ...rest } = read.data;
    if (from !== null && offset === null) return { value: from };
    if (from === null && offset !== null) return { ...rest, offset };
  }
  throw new AppError('INVALID_INPUT', 'These rows cannot be asked for like this.', {
    nextStep: 'Reload the page.',
  });
}
