import type { GridView } from '@/lib/records/types';

export interface ViewGroup {
  title: string;
  views: GridView[];
}

const TITLES: ReadonlyArray<[GridView['origin'], string]> = [
  ['mine', 'Mine'],
  ['shared', 'Shared by others'],
  ['ready_made', 'Ready-made'],
];

/** Views by where they come from, without empty groups. */
export function groupViews(views: readonly GridView[]): ViewGroup[] {
  return TITLES.map(([origin, title]) => ({
    title,
    views: views.filter((view) => view.origin === origin),
  })).filter((group) => group.views.length > 0);
}

/** Takes over what the server says; ready-made views that this object cannot show stay away. */
export function mergeViews(before: readonly GridView[], answer: readonly GridView[]): GridView[] {
  const shown = new Set(before.map(({ id }) => id));
  return answer.filter(({ id, origin }) => origin !== 'ready_made' || shown.has(id));
}
