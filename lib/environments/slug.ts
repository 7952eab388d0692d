/** Path segments and sign-in ways that an environment must not be mistaken for. */
const RESERVED = new Set([
  'new',
  'import',
  'sign-in-link',
  'callback',
  'signin',
  'signout',
  'session',
  'csrf',
  'providers',
  'error',
]);

const MAX_LENGTH = 40;

/** `UAT (Köln)` → `uat-koln`; another suffix when it is taken; `environment` when nothing readable is left. */
export function slugOf(name: string, taken: ReadonlySet<string>): string {
  const readable = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, '');
  const base = readable === '' ? 'environment' : readable;
  let slug = base;
  for (let count = 2; RESERVED.has(slug) || taken.has(slug); count += 1) slug = `${base}-${count}`;
  return slug;
}

/** Whether a file may bring this slug: of the form that `slugOf` makes, and no reserved word. */
export function isSlug(text: string): boolean {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && text.length <= MAX_LENGTH + 4 && !RESERVED.has(text);
}
