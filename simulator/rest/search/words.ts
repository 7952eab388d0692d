import { visibleFields } from '@/simulator/data/org-data';
import { type FieldDefinition, type FieldType, has } from '@/simulator/data/schema';
import type { Column, Table } from '@/simulator/data/table';
import type { SearchScope } from '@/simulator/rest/search/read-search';
import { Signature } from '@/simulator/rest/search/signature';
import type { SimOrg, SimUser } from '@/simulator/types';

const TEXT: readonly FieldType[] = ['string', 'textarea', 'email', 'phone', 'url'];
const LETTER = /\p{L}/u;

/** The fields in which a scope looks. Formulas are computed when they are read: no search knows them. */
function isSearched(field: FieldDefinition, scope: SearchScope): boolean {
  if (!TEXT.includes(field.type) || field.formula !== null || field.extraTypeInfo === 'imageurl')
    return false;
  const isName = has(field, 'nameField') || field.extraTypeInfo === 'personname';
  if (scope === 'NAME') return isName;
  if (scope === 'EMAIL') return field.type === 'email';
  if (scope === 'PHONE') return field.type === 'phone';
  if (scope === 'SIDEBAR')
    return isName || field.type === 'email' || field.type === 'phone' || has(field, 'externalId');
  return true;
}

/** Words in lower case, without the `*` that may end one: every word is looked for as the start of a word anyway. */
export function wordsOf(q: string): string[] {
  return q
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Whether some word of a text in lower case starts with this one. */
export function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
  }
  return false;
}

interface SearchedColumn {
  readonly read: Column;
  readonly isPhone: boolean;
}

/** From this many rows on, most of them are ruled out by what their words start with. */
const LARGE = 50_000;
const signatures = { NAME: new WeakMap<Table, Signature>(), ALL: new WeakMap<Table, Signature>() };

/** Made at the first search of a large table, over every field that anybody may search: names apart, which are few. */
function signatureOf(table: Table, scope: 'NAME' | 'ALL'): Signature {
  const known = signatures[scope].get(table);
  if (known) return known;
  const fields = table.definition.fields.filter((field) => isSearched(field, scope) && table.isFilled(field));
  const made = new Signature(
    fields.map((field) => table.column(field)),
    table.size,
  );
  signatures[scope].set(table, made);
  return made;
}

interface Search {
  readonly org: SimOrg;
  readonly user: SimUser;
  readonly table: Table;
  readonly scope: SearchScope;
  readonly words: readonly string[];
}

/** A test of one row: every word stands in one of the fields that this user may see. Null: no row can match. */
export function rowTest({ org, user, table, scope, words }: Search): ((row: number) => boolean) | null {
  const columns: SearchedColumn[] = visibleFields(user, table)
    .filter((field) => isSearched(field, scope) && table.isFilled(field))
    .map((field) => ({ read: table.column(field), isPhone: field.type === 'phone' }));
  const wanted = words.map((word) => {
    // A phone number has no letters: most of the time goes into computing cells that cannot match.
    const some = LETTER.test(word) ? columns.filter(({ isPhone }) => !isPhone) : columns;
    return { word, columns: some };
  });
  if (words.length === 0 || wanted.some(({ columns: some }) => some.length === 0)) return null;
  const matches = (row: number) =>
    wanted.every(({ word, columns: some }) =>
      some.some(({ read }) => {
        const value = read(row);
        return typeof value === 'string' && hasWord(value.toLowerCase(), word);
      }),
    );
  // The act `fill_field` changes cells: nothing found out before may be trusted then.
  if (table.size < LARGE || org.filled.size > 0 || table.isLive) return matches;
  const mayMatch = signatureOf(table, scope === 'NAME' ? 'NAME' : 'ALL').test(words);
  return (row) => mayMatch(row) && matches(row);
}
