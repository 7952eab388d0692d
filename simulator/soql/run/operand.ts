import type { CellValue, FieldType } from '@/simulator/data/schema';
import { type Collation, collationOf } from '@/simulator/soql/run/collation';
import type { BoundPath } from '@/simulator/soql/run/resolve';
import type { SimOrg, SimUser } from '@/simulator/types';

/** Something that can be compared: a field of a row, or an aggregate of a group. */
export interface Operand {
  /** As error messages name it. */
  readonly name: string;
  readonly type: FieldType;
  /** Stands for the same values in the same table, or null when they may change: the key of caches. */
  readonly key: string | null;
  readonly picklist: readonly string[];
  /** How text is put in order for the user who asks. */
  readonly collation: Collation;
  read(index: number): CellValue;
  /** Amount in the corporate currency; null for anything but currency fields of a multi-currency org. */
  readonly converted: ((index: number) => number | null) | null;
}

/** Units of a currency for one US dollar. Fixed: an org's rates are its admin's. */
const RATES: Readonly<Record<string, number>> = { USD: 1, EUR: 0.92, GBP: 0.79, CHF: 0.88, JPY: 150 };

export function rateOf(code: string): number | null {
  return RATES[code] ?? null;
}

/** Converts by the fixed rates. Ordering and aggregates of amounts go by the corporate currency. */
export function toCorporate(org: SimOrg, amount: number, code: string): number {
  const [from, to] = [rateOf(code), rateOf(org.defaultCurrency)];
  if (from === null || to === null) throw new Error(`no rate for ${code}`);
  return from === to ? amount : (amount / from) * to;
}

/** Cells that faults change while the simulator runs. */
const CHANGING = new Set(['User.IsActive', 'Organization.Id']);

export function operandOf(org: SimOrg, user: SimUser, bound: BoundPath): Operand {
  const { field, table, read, rowOf } = bound;
  const own = `${table.definition.name}.${field.name}`;
  const iso = field.type === 'currency' && org.multiCurrency ? table.field('CurrencyIsoCode') : null;
  const collation = collationOf(user.locale);
  const isoOf = iso ? table.column(iso) : null;
  return {
    name: field.name,
    type: field.type,
    key: CHANGING.has(own) || org.filled.has(own) ? null : bound.names.join('.'),
    collation,
    picklist: field.picklist.map((entry) => entry.value),
    read,
    converted:
      isoOf &&
      ((row) => {
        const amount = read(row);
        const code = isoOf(rowOf(row));
        return typeof amount === 'number' && typeof code === 'string' ? toCorporate(org, amount, code) : null;
      }),
  };
}
