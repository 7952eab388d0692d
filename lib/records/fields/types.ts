import type { GridColumn, ReadCost } from '@/lib/records/types';

/** A lookup that leads to fields of another object. */
export interface ParentChoice {
  /** Relationship path from the grid's object, such as `Owner.Manager`. */
  path: string;
  label: string;
  sobject: string;
}

/** A child relationship whose records can be counted. */
export interface ChildChoice {
  /** Name of the column, such as `count(Contacts)`. */
  name: string;
  label: string;
  sobject: string;
}

/** What a column chooser or filter builder can offer at one path. */
export interface FieldChoices {
  /** The object whose fields these are. */
  sobject: string;
  label: string;
  /** Names are whole paths from the grid's object, such as `Owner.Name`. */
  columns: GridColumn[];
  parents: ParentChoice[];
  /** Of the grid's own object only: SOQL counts no children of a parent. */
  children: ChildChoice[];
  cost: ReadCost;
}

/** A record to choose for a lookup. */
export interface LookupOption {
  id: string;
  name: string;
  /** What tells it from others of the same name: username, e-mail address, city; null: nothing does. */
  detail: string | null;
}

export interface LookupOptions {
  options: LookupOption[];
  cost: ReadCost;
}
