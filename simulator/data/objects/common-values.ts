import { recordOwners } from '@/simulator/data/objects/user-values';
import type { Column, Link } from '@/simulator/data/table';
import type { Country } from '@/simulator/data/words/places';
import { secondsBefore, type World } from '@/simulator/data/world';

const YEAR = 31_536_000;
const THREE_DAYS = 259_200;

/** How many rows of an object, its first, have been looked at; for simplicity by everybody at the same time. */
export const VIEWED_ROWS = 12;

/** The country's currency where the org has it, else the corporate one. */
export function recordCurrency(world: World, country: Country): string {
  return world.org.currencies.includes(country.currency) ? country.currency : world.org.defaultCurrency;
}

/** Owner, creation and last change. Creation comes first, and both lie before the day of the data. */
export function auditColumns(
  world: World,
  object: string,
): { columns: Record<string, Column>; links: Record<string, Link> } {
  const owner = world.draw(`${object}.owner`);
  const created = world.draw(`${object}.created`);
  const changed = world.draw(`${object}.changed`);
  const editor = world.draw(`${object}.editor`);
  const viewed = world.draw(`${object}.viewed`);
  const owners = recordOwners(world.org);
  const seen: Column = (row) =>
    row < VIEWED_ROWS ? secondsBefore(viewed.between(row, 60, THREE_DAYS)) : null;
  const age = (row: number) => Math.floor(created.unit(row) ** 2 * 8 * YEAR) + 60;
  const modified: Column = (row) => secondsBefore(Math.floor(age(row) * changed.unit(row) ** 3));
  const ownerRow = (row: number) => owner.pick(row, owners);
  const editorRow = (row: number) => (editor.chance(row, 70) ? ownerRow(row) : editor.pick(row, owners));
  return {
    columns: {
      CreatedDate: (row) => secondsBefore(age(row)),
      LastModifiedDate: modified,
      SystemModstamp: modified,
      LastViewedDate: seen,
      LastReferencedDate: seen,
    },
    links: { OwnerId: ownerRow, CreatedById: ownerRow, LastModifiedById: editorRow },
  };
}
