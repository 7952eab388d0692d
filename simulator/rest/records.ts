import { cellOf } from '@/simulator/data/org-data';
import type { FieldDefinition } from '@/simulator/data/schema';
import type { Link, Table } from '@/simulator/data/table';
import { SoqlUnsupported } from '@/simulator/soql/errors';
import type { ChildRows } from '@/simulator/soql/run/joins/child-rows';
import type { BoundPath } from '@/simulator/soql/run/resolve';

export type JsonRecord = Record<string, unknown>;

interface Selection {
  readonly table: Table;
  readonly select: readonly BoundPath[];
  readonly children: readonly ChildRows[];
}

/** One object in an answer: the record itself or a parent of it. */
interface Shape {
  readonly table: Table;
  readonly rowOf: Link;
  readonly members: Map<string, FieldDefinition | Shape | ChildMember>;
}

/** The children of a record by one subquery. */
interface ChildMember {
  write(row: number): ChildAnswer | null;
}

/** As the query resource writes the answer to a subquery. */
export interface ChildAnswer {
  readonly totalSize: number;
  readonly done: true;
  readonly records: readonly JsonRecord[];
}

/** More children of one row would need a locator of their own. */
const MOST_CHILDREN = 2_000;

function childMember(child: ChildRows, root: string): ChildMember {
  const write = recordWriter(child.table, child.select, root);
  return {
    write: (parent) => {
      const rows = child.rowsOf(parent);
      if (rows.length === 0) return null;
      if (rows.length > MOST_CHILDREN) throw new SoqlUnsupported(`more than ${MOST_CHILDREN} ${child.name}`);
      return { totalSize: rows.length, done: true, records: rows.map(write) };
    },
  };
}

/** The nested shape of a SELECT list; a parent stands where its first field was named. */
function shapeOf({ table, select, children }: Selection, url: string): Shape {
  const root: Shape = { table, rowOf: (row) => row, members: new Map() };
  const childrenAt = (place: number) => {
    for (const child of children) {
      if (child.place === place) root.members.set(child.name, childMember(child, url));
    }
  };
  for (const [place, path] of select.entries()) {
    childrenAt(place);
    let at = root;
    for (const parent of path.parents) {
      const known = at.members.get(parent.name);
      const next = known && 'members' in known ? known : { ...parent, members: new Map() };
      at.members.set(parent.name, next);
      at = next;
    }
    at.members.set(path.field.name, path.field);
  }
  childrenAt(select.length);
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
    if ('members' in member) record[name] = writeShape(member, rootRow, root);
    else record[name] = 'write' in member ? member.write(row) : cellOf(shape.table, member, row);
  }
  return record;
}

/** Writes rows as the query resource does: columns as selected, nulls explicit, parents nested or null. */
export function recordWriter(
  table: Table,
  select: readonly BoundPath[],
  root: string,
  children: readonly ChildRows[] = [],
) {
  const shape = shapeOf({ table, select, children }, root);
  return (row: number): JsonRecord => writeShape(shape, row, root) ?? {};
}
