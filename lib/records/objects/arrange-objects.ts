import type { ObjectPreference } from '@/lib/records/preferences/queries';
import type { GlobalSobject } from '@/lib/salesforce/types';
import type { ObjectEntry } from './types';

/** What people look for most, in the order in which Salesforce's own apps show it. */
export const MAIN_OBJECTS = [
  'Account',
  'Contact',
  'Opportunity',
  'Lead',
  'Case',
  'Task',
  'Event',
  'Campaign',
  'Product2',
  'Contract',
  'Order',
  'Asset',
  'User',
];

const KINDS: ReadonlyArray<ObjectEntry['kind']> = ['main', 'custom', 'standard', 'system'];

/** The objects that can be queried, the likeliest first; histories, shares and the like last. */
export function arrangeObjects(
  all: readonly GlobalSobject[],
  preferences: readonly ObjectPreference[],
): ObjectEntry[] {
  const known = new Map(preferences.map((preference) => [preference.sobject, preference]));
  const entries = all
    .filter(({ queryable }) => queryable)
    .map((sobject): ObjectEntry => {
      const { name, label, labelPlural, custom } = sobject;
      const preference = known.get(name);
      return {
        name,
        label,
        labelPlural,
        custom,
        kind: kindOf(sobject),
        isFavourite: preference?.isFavourite ?? false,
        lastOpenedAt: preference?.lastOpenedAt?.toISOString() ?? null,
      };
    });
  return entries.sort((a, b) => rankOf(a) - rankOf(b) || a.label.localeCompare(b.label, 'en'));
}

function kindOf({ name, custom, layoutable }: GlobalSobject): ObjectEntry['kind'] {
  if (MAIN_OBJECTS.includes(name)) return 'main';
  if (!layoutable) return 'system';
  return custom ? 'custom' : 'standard';
}

function rankOf({ name, kind }: ObjectEntry): number {
  return KINDS.indexOf(kind) * MAIN_OBJECTS.length + (kind === 'main' ? MAIN_OBJECTS.indexOf(name) : 0);
}
