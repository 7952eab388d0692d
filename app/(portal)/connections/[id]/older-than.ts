export type Search = Promise<Record<string, string | string[] | undefined>>;

/** Where the attempts of this page begin: `?older=`, as the page before named it; null: at the newest. */
export async function olderThan(search: Search): Promise<string | null> {
  const { older } = await search;
  return typeof older === 'string' ? older : null;
}
