import type { CellValue, FieldDefinition, SobjectDefinition } from '@/simulator/data/schema';
import { id18, isRecordId, makeId } from '@/simulator/seed/ids';

/** How the rows of a table get their ids. */
export interface RowIds {
  idOf(row: number): string;
  /** -1 when no row has this id. Takes 15 or 18 characters. */
  rowOf(id: string): number;
  /** True when sorting by id is sorting by row. */
  readonly inRowOrder: boolean;
}

export type Column = (row: number) => CellValue;
/** The row that a lookup points to, or -1. */
export type Link = (row: number) => number;

export interface TableSource {
  readonly definition: SobjectDefinition;
  readonly size: number;
  readonly ids: RowIds;
  /** Columns that hold something; any other field is null, or false for a checkbox. */
  readonly columns: Readonly<Record<string, Column>>;
  /** Lookups to tables of this org, by field name. Their ids are made from the row. */
  readonly links: Readonly<Record<string, Link>>;
  /** Its rows change: nothing found out about them may be kept for the next query. */
  readonly isLive?: boolean;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Ids have gaps, so that a guessed neighbour of a real id is no record. */
const STRIDE = 3;

/** Ids counted up from a number of their own, in the order of the rows. */
export function countedIds(prefix: string, pod: string, first: number, size: number): RowIds {
  return {
    inRowOrder: true,
    idOf: (row) => makeId(prefix, pod, first + row * STRIDE),
    rowOf: (id) => {
      if (!isRecordId(id) || !id.startsWith(prefix + pod)) return -1;
      let number = 0;
      for (const digit of id.slice(6, 15)) number = number * 62 + BASE62.indexOf(digit);
      const row = (number - first) / STRIDE;
      return Number.isInteger(row) && row >= 0 && row < size ? row : -1;
    },
  };
}

/** Ids that are given, such as those of the users who sign in. */
export function listedIds(ids: readonly string[]): RowIds {
  const rows = new Map(ids.map((id, row) => [id, row]));
  return {
    inRowOrder: false,
    idOf: (row) => ids[row] ?? '',
    rowOf: (id) => (isRecordId(id) ? (rows.get(id18(id)) ?? -1) : -1),
  };
}

/** One object's rows. Nothing is stored: a cell is computed when it is read. */
export class Table {
  readonly definition: SobjectDefinition;
  readonly size: number;
  readonly ids: RowIds;
  readonly isLive: boolean;
  private readonly source: TableSource;
  private readonly fields: ReadonlyMap<string, FieldDefinition>;

  constructor(source: TableSource) {
    this.source = source;
    this.definition = source.definition;
    this.size = source.size;
    this.ids = source.ids;
    this.isLive = source.isLive ?? false;
    this.fields = new Map(source.definition.fields.map((field) => [field.name.toLowerCase(), field]));
  }

  /** By API name, without regard to case. */
  field(name: string): FieldDefinition | null {
    return this.fields.get(name.toLowerCase()) ?? null;
  }

  /** The lookup behind a relationship name such as `Owner`. */
  relationship(name: string): FieldDefinition | null {
    const wanted = name.toLowerCase();
    return this.definition.fields.find((field) => field.relationshipName?.toLowerCase() === wanted) ?? null;
  }

  /** Where a lookup leads, or null when its target is not in the simulator. */
  link(field: FieldDefinition): Link | null {
    return this.source.links[field.name] ?? null;
  }

  /** False: nothing ever stands in this field. */
  isFilled(field: FieldDefinition): boolean {
    return this.source.columns[field.name] !== undefined;
  }

  column(field: FieldDefinition): Column {
    if (field.name === 'Id') return (row) => this.ids.idOf(row);
    const column = this.source.columns[field.name];
    if (column) return column;
    const empty = field.type === 'boolean' ? false : null;
    return () => empty;
  }
}
