/** One SELECT of a statement, with every name that it mentions. */
export interface Block {
  /** The object, or the relationship by which its rows are children of the parent's. */
  from: { object: string } | { relationship: string; parent: Block };
  alias: string | null;
  /** Paths of fields that are read anywhere: selected, compared, grouped, sorted, given to a function. */
  paths: string[];
  /** Names by which ORDER BY may mean a column or a field. */
  sortNames: string[];
  columnAliases: string[];
  /** FIELDS(…) is selected. */
  everyField: boolean;
  /** `object` null: ELSE. */
  typeOf: { path: string; object: string | null; fields: string[] }[];
  /** Fields that FOR VIEW and its like write. */
  writes: string[];
  /** What in it is no field and may yet tell something. */
  unclear: string | null;
}

export function newBlock(from: Block['from'], alias: string | null): Block {
  return {
    from,
    alias,
    paths: [],
    sortNames: [],
    columnAliases: [],
    everyField: false,
    typeOf: [],
    writes: [],
    unclear: null,
  };
}
