import type { FieldDefinition } from '@/simulator/data/schema';
import type { Table } from '@/simulator/data/table';
import { SoqlUnsupported } from '@/simulator/soql/errors';

/** The rows of a child table, grouped by the parent that one of its lookups leads to. */
export interface Children {
  /** In the order of the rows. */
  of(parent: number): Uint32Array;
}

function grouped(child: Table, field: FieldDefinition, parents: number): Children {
  const link = child.link(field);
  if (!link) throw new SoqlUnsupported(`the children by ${child.definition.name}.${field.name}`);
  const starts = new Uint32Array(parents + 1);
  const parentOf = new Int32Array(child.size);
  for (let row = 0; row < child.size; row++) {
    const parent = link(row);
    parentOf[row] = parent;
    if (parent >= 0) starts[parent + 1] = (starts[parent + 1] ?? 0) + 1;
  }
  for (let parent = 0; parent < parents; parent++) {
    starts[parent + 1] = (starts[parent + 1] ?? 0) + (starts[parent] ?? 0);
  }
  const rows = new Uint32Array(starts[parents] ?? 0);
  const next = starts.slice();
  for (let row = 0; row < child.size; row++) {
    const parent = parentOf[row] ?? -1;
    if (parent < 0) continue;
    const at = next[parent] ?? 0;
    rows[at] = row;
    next[parent] = at + 1;
  }
  return { of: (parent) => rows.subarray(starts[parent], starts[parent + 1]) };
}

/** Finds children without reading every row for every parent: each lookup is gone through once and kept. */
export class ChildIndex {
  private readonly kept = new Map<string, Children>();

  children(child: Table, field: FieldDefinition, parent: Table): Children {
    if (child.isLive || parent.isLive) return grouped(child, field, parent.size);
    const key = `${child.definition.name}.${field.name}`;
    const known = this.kept.get(key);
    if (known) return known;
    const made = grouped(child, field, parent.size);
    this.kept.set(key, made);
    return made;
  }
}
