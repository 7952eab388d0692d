/** The API name of an environment's app: letters, digits and single underscores, as metadata names have to be. */
export function developerNameOf(slug: string): string {
  const readable = slug
    .replace(/[^A-Za-z0-9]+/g, '_')
    .slice(0, 60)
    .replace(/^_+|_+$/g, '');
  return readable === '' ? 'Orgdock' : `Orgdock_${readable}`;
}
