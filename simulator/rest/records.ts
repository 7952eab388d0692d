import { cellOf } from '@/simulator/data/org-data';
import type { FieldDefinition } from '@/simulator/data/schema';
import type { Link, Table } from '@/simulator/data/table';
import type { BoundPath } from '@/simulator/soql/run/resolve';

export type JsonRecord = Record<string, unknown>;

/** One object in an answer: the record itself or a parent of it. */
interface Shape {
  readonly table: Table;
  readonly rowOf: Link;
  readonly members: Map<string, FieldDefinition | Shape>;
}

/** The nested shape of a SELECT list; a parent stands where its first field was named. */
function shapeOf(table: Table, select: readonly BoundPath[]): Shape {
  const root: Shape = { table, rowOf: (row) => row, members: new Map() };
  for (const path of select) {
    let at = root;
    for (const parent of path.parents) {
      const known = at.members.get(parent.name);
      const next = known && 'members' in known ? known : { ...parent, members: new Map() };
      at.members.set(parent.name, next);
      at = next;
    }
    at.members.set(path.field.name, path.field);
  }
  return root;
}

/** `attributes`, which every record carries. `root` is `/services/data/vXX.X`. */
export function attributesOf(table: Table, row: number, root: string): { type: string; url: string } {
  const { name } = table.definition;
  return { type: name, url: `${root}/sobjects/${name}/${table.ids.idOf(row)}` };
}

function writeShape(shape: Shape, rootRow: number, root: string): JsonRecord | null {
  const row = shape.rowOf(rootRow);
  if (row < 0) return null;
  const record: JsonRecord = { attributes: attributesOf(shape.table, row, root) };
  for (const [name, member] of shape.members) {
    record[name] = 'members' in member ? writeShape(member, rootRow, root) : cellOf(shape.table, member, row);
  }
  return record;
}

/** Writes rows as the query resource does: columns as selected, nulls explicit, parents nested or null. */
export function recordWriter(table: Table, select: readonly BoundPath[], root: string) {
  const shape = shapeOf(table, select);
  return (row: number): JsonRecord => writeShape(shape, row, root) ?? {};
}
