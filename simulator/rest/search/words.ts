import { visibleFields } from '@/simulator/data/org-data';
import { type FieldDefinition, type FieldType, has } from '@/simulator/data/schema';
import type { Column, Table } from '@/simulator/data/table';
import type { SearchScope } from '@/simulator/rest/search/read-search';
import type { SimUser } from '@/simulator/types';

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

/** A test of one row: every word stands in one of the fields that this user may see. */
export function rowTest(
  table: Table,
  user: SimUser,
  scope: SearchScope,
  words: readonly string[],
): ((row: number) => boolean) | null {
  const columns: SearchedColumn[] = visibleFields(user, table)
    .filter((field) => isSearched(field, scope) && table.isFilled(field))
    .map((field) => ({ read: table.column(field), isPhone: field.type === 'phone' }));
  const wanted = words.map((word) => {
    // A phone number has no letters: most of the time goes into computing cells that cannot match.
    const some = LETTER.test(word) ? columns.filter(({ isPhone }) => !isPhone) : columns;
    return { word, columns: some };
  });
  if (words.length === 0 || wanted.some(({ columns: some }) => some.length === 0)) return null;
  return (row) =>
    wanted.every(({ word, columns: some }) =>
      some.some(({ read }) => {
        const value = read(row);
        return typeof value === 'string' && hasWord(value.toLowerCase(), word);
      }),
    );
}
