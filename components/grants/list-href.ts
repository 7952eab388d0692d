/** What the address of the list of all grants says. */
export interface ListState {
  q: string;
  environment: string | null;
  health: string | null;
  sort: { key: string; descending: boolean };
  page: number;
}

const PATH = '/admin/connections';

/** The address of another view of the list; a new order or filter begins at its first page. */
export function listHref(state: ListState, changes: Partial<ListState>): string {
  const { q, environment, health, sort, page } = { ...state, page: 1, ...changes };
  const query = new URLSearchParams();
  if (q !== '') query.set('q', q);
  if (environment !== null) query.set('environment', environment);
  if (health !== null) query.set('health', health);
  if (sort.key !== 'environment' || sort.descending) query.set('sort', sortText(sort));
  if (page > 1) query.set('page', String(page));
  return query.size === 0 ? PATH : `${PATH}?${query}`;
}

/** `-retrieved`: a key, with a minus for the other way round. */
export function sortText({ key, descending }: ListState['sort']): string {
  return `${descending ? '-' : ''}${key}`;
}
