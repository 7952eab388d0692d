import { VIEWED_ROWS } from '@/simulator/data/objects/common-values';
import type { Table } from '@/simulator/data/table';
import { json, restError } from '@/simulator/http/respond';
import { attributesOf } from '@/simulator/rest/records';
import type { Resource } from '@/simulator/rest/service';

/** "Recently Viewed Items": this many unless `limit` says otherwise, and never more than the maximum. */
const USUAL = 200;
const MOST = 2_000;

function viewed(table: Table): { table: Table; row: number; at: string }[] {
  const field = table.field('LastViewedDate');
  if (!field || !table.definition.flags.includes('mruEnabled')) return [];
  const column = table.column(field);
  return Array.from({ length: Math.min(VIEWED_ROWS, table.size) }, (_, row) => row).flatMap((row) => {
    const at = column(row);
    return typeof at === 'string' ? [{ table, row, at }] : [];
  });
}

/** `/recent?limit=`: what was looked at last, over all objects. */
export const recent: Resource = (request, { user }, { data }, root) => {
  const asked = request.query.get('limit');
  const limit = asked === null ? USUAL : Number(asked);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    return restError(400, 'INVALID_QUERY_LIMIT', `limit must be a number from 1 to ${MOST}`);
  }
  const rows = data
    .tablesOf(user)
    .flatMap(viewed)
    .sort((left, right) => (left.at < right.at ? 1 : -1));
  return json(
    200,
    rows.slice(0, limit).map(({ table, row }) => {
      const name = table.field('Name');
      return {
        attributes: attributesOf(table, row, root),
        Id: table.ids.idOf(row),
        ...(name && { Name: table.column(name)(row) }),
      };
    }),
  );
};
