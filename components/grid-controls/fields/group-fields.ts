import type { ColumnKind, GridColumn } from '@/lib/records/types';

export interface FieldGroup {
  title: string;
  columns: GridColumn[];
}

const GROUPS: ReadonlyArray<{ title: string; kinds: readonly ColumnKind[] }> = [
  { title: 'Text', kinds: ['text', 'longText', 'richText'] },
  { title: 'Picklists', kinds: ['picklist', 'multiPicklist'] },
  { title: 'Numbers and amounts', kinds: ['currency', 'number', 'percent'] },
  { title: 'Dates and times', kinds: ['date', 'dateTime', 'time'] },
  { title: 'Lookups', kinds: ['reference'] },
  { title: 'Yes or no', kinds: ['boolean'] },
  { title: 'Phone, e-mail, web', kinds: ['phone', 'email', 'url'] },
  { title: 'Addresses', kinds: ['address'] },
  { title: 'Counts', kinds: ['count'] },
];

/** Fields by type, each group in the order of its labels; the name field stands first of all. Empty groups are left out. */
export function groupFields(columns: readonly GridColumn[]): FieldGroup[] {
  return GROUPS.map(({ title, kinds }) => ({
    title,
    columns: columns.filter(({ kind }) => kinds.includes(kind)).sort(byLabel),
  })).filter(({ columns: found }) => found.length > 0);
}

/** Whether a field answers to what was typed: every word of it, in its label or API name, without regard to case or accents. */
export function matchesField(field: { label: string; name: string }, typed: string): boolean {
  const text = plain(`${field.label} ${field.name}`);
  return plain(typed)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The label of a parent's field without those of the lookups that lead to it, which stand above already. */
export function ownLabel(label: string): string {
  return label.split(' › ').at(-1) ?? label;
}

function byLabel(one: GridColumn, other: GridColumn): number {
  if (one.isName !== other.isName) return one.isName ? -1 : 1;
  return one.label.localeCompare(other.label) || one.name.localeCompare(other.name);
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
