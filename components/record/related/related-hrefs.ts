import type { RecordView, RelatedList } from '@/lib/records/record/types';
import { formatFilter } from '@/lib/soql/filter-text';

/** The grid of all children of a record. */
export function relatedHref(
  { connectionId, id }: Pick<RecordView, 'connectionId' | 'id'>,
  list: RelatedList,
): string {
  return `/connections/${connectionId}/objects/${list.sobject}?${filterOf(list, id)}`;
}

/** The route that answers its first rows. */
export function relatedWindowHref(
  { connectionId, id }: Pick<RecordView, 'connectionId' | 'id'>,
  list: RelatedList,
): string {
  return `/api/connections/${connectionId}/window?sobject=${list.sobject}&view=all&${filterOf(list, id)}`;
}

function filterOf({ field }: RelatedList, id: string): string {
  const filter = formatFilter({ match: 'all', of: [{ field, operator: 'in', values: [id] }] });
  return new URLSearchParams({ filter }).toString();
}
