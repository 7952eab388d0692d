import type { ReviewFilter } from '@/lib/custody/access-review/types';

/** The address of another view of a review; another filter begins at its first page. */
export function reviewHref(id: string, filter: ReviewFilter, changes: Partial<ReviewFilter>): string {
  const { page, ...flags } = { ...filter, page: 1, ...changes };
  const query = new URLSearchParams();
  for (const [name, on] of Object.entries(flags)) if (on) query.set(name, '1');
  if (page > 1) query.set('page', String(page));
  const path = `/admin/connections/reviews/${id}`;
  return query.size === 0 ? path : `${path}?${query}`;
}
