import type { ReadCost } from '@/lib/records/types';

/** An object whose records can be read as a grid. */
export interface ObjectEntry {
  /** API name. */
  name: string;
  label: string;
  labelPlural: string;
  custom: boolean;
  /** `main`: what people look for most; `system`: without pages of its own in Salesforce, such as a history. */
  kind: 'main' | 'standard' | 'custom' | 'system';
  isFavourite: boolean;
  /** ISO instant at which this person opened it last; null: never. */
  lastOpenedAt: string | null;
}

/** Every object that a reader may query, the likeliest first. */
export interface ObjectList extends ReadCost {
  connectionId: string;
  objects: ObjectEntry[];
  locale: string;
}

/** Records by API name, as Salesforce counted them some time ago. */
export interface RecordCounts extends ReadCost {
  counts: Record<string, number>;
}

/** An object among a person's favourites. */
export interface FavouriteObject {
  name: string;
  label: string;
}
