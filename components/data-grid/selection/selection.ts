/** A cell: its row in the whole list and its place among the shown columns, both from 0. Row -1 is the header. */
export interface CellPlace {
  row: number;
  column: number;
}

/** The cursor, and the cell that a range was begun with; the same for a single cell. */
export interface Selection {
  anchor: CellPlace;
  cursor: CellPlace;
}

/** A rectangle of cells; `bottom` and `right` are the first that are not in it. */
export interface CellBox {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** How far a grid goes, and how many rows are seen at once. */
export interface GridExtent {
  rows: number;
  columns: number;
  page: number;
}

export type Move =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'pageUp'
  | 'pageDown'
  | 'rowStart'
  | 'rowEnd'
  | 'first'
  | 'last';

const HEADER = -1;

/** Moves that lead to the same cell wherever they begin. */
const FAR: ReadonlySet<Move> = new Set(['rowStart', 'rowEnd', 'first', 'last']);

/** The selection with one cell. */
export function at(row: number, column: number): Selection {
  return { anchor: { row, column }, cursor: { row, column } };
}

/** The selection after a move; `extend` keeps where it began. Only a single cursor reaches the header. */
export function move(selection: Selection | null, how: Move, extent: GridExtent, extend: boolean): Selection {
  if (!selection) {
    const first = at(extent.rows > 0 ? 0 : HEADER, 0);
    return FAR.has(how) ? move(first, how, extent, extend) : first;
  }
  const least = extend ? 0 : HEADER;
  const { row, column } = target(selection.cursor, how, extent);
  const cursor = {
    row: Math.min(Math.max(row, least), extent.rows - 1),
    column: Math.min(Math.max(column, 0), Math.max(0, extent.columns - 1)),
  };
  return extend && selection.anchor.row !== HEADER
    ? { anchor: selection.anchor, cursor }
    : at(cursor.row, cursor.column);
}

/** The rectangle that is selected; null on the header. */
export function boxOf({ anchor, cursor }: Selection): CellBox | null {
  if (cursor.row === HEADER || anchor.row === HEADER) return null;
  return {
    top: Math.min(anchor.row, cursor.row),
    bottom: Math.max(anchor.row, cursor.row) + 1,
    left: Math.min(anchor.column, cursor.column),
    right: Math.max(anchor.column, cursor.column) + 1,
  };
}

/** Whether a rectangle has more than one cell. */
export function isRange({ top, bottom, left, right }: CellBox): boolean {
  return bottom - top > 1 || right - left > 1;
}

function target({ row, column }: CellPlace, how: Move, { rows, columns, page }: GridExtent): CellPlace {
  switch (how) {
    case 'up':
      return { row: row - 1, column };
    case 'down':
      return { row: row + 1, column };
    case 'left':
      return { row, column: column - 1 };
    case 'right':
      return { row, column: column + 1 };
    case 'pageUp':
      return { row: row <= 0 ? row : Math.max(0, row - page), column };
    case 'pageDown':
      return { row: Math.max(0, row) + page, column };
    case 'rowStart':
      return { row, column: 0 };
    case 'rowEnd':
      return { row, column: columns - 1 };
    case 'first':
      return { row: 0, column: 0 };
    case 'last':
      return { row: rows - 1, column: columns - 1 };
  }
}
