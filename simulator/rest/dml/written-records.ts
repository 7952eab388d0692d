import type { CellValue } from '@/simulator/data/schema';
import type { Table } from '@/simulator/data/table';
import { id18, isRecordId, makeId } from '@/simulator/seed/ids';

/** What was written of one record since the start. */
export interface WrittenRecord {
  readonly cells: Record<string, CellValue>;
  isDeleted: boolean;
  /** Simulated time, milliseconds since the epoch; null: nothing of it was changed yet. */
  changedAt: number | null;
}

/** Above every generated id. */
const FIRST_NUMBER = 40 * 62 ** 4;

/** Records that callers have written: known by id and external id; queries answer the generated rows only. */
export class WrittenRecords {
  private readonly records = new Map<string, WrittenRecord>();
  private made = 0;

  clear(): void {
    this.records.clear();
  }

  get(id: string): WrittenRecord | null {
    return this.records.get(id18(id)) ?? null;
  }

  /** Makes a record and gives its id. */
  create(table: Table, cells: Record<string, CellValue>, at: number): string {
    this.made += 1;
    const pod = table.ids.idOf(0).slice(3, 6) || '5g0';
    const id = makeId(table.definition.keyPrefix, pod, FIRST_NUMBER + this.made);
    this.records.set(id, { cells: { ...cells, Id: id }, isDeleted: false, changedAt: at });
    return id;
  }

  /** What is written of a record that exists, generated or written; null: there is none. */
  open(table: Table, id: string): WrittenRecord | null {
    const known = this.get(id);
    if (known) return known;
    if (!isRecordId(id) || table.ids.rowOf(id) < 0) return null;
    const record: WrittenRecord = { cells: {}, isDeleted: false, changedAt: null };
    this.records.set(id18(id), record);
    return record;
  }

  /** The written record with this value in an external id; its id, or null. */
  find(table: Table, field: string, value: string): string | null {
    const { keyPrefix } = table.definition;
    for (const [id, { cells, isDeleted }] of this.records) {
      if (id.startsWith(keyPrefix) && !isDeleted && cells[field] === value) return id;
    }
    return null;
  }
}
