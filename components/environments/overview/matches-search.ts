import type { EnvironmentDetail } from '@/lib/environments/types';

/** Whether an environment has these words in its name, slug, address or consumer key; an empty search has all. */
export function matchesSearch(
  { name, slug, origin, clientId }: Pick<EnvironmentDetail, 'name' | 'slug' | 'origin' | 'clientId'>,
  q: string,
): boolean {
  const text = `${name}\n${slug}\n${origin}\n${clientId}`.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
