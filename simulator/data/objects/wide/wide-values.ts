import { auditColumns } from '@/simulator/data/objects/common-values';
import {
  WIDE_FIELD_COUNT,
  WIDE_PICKLIST,
  wideFieldName,
  wideTypeOf,
} from '@/simulator/data/objects/wide/wide-fields';
import type { Draw } from '@/simulator/data/random';
import type { CellValue, FieldType } from '@/simulator/data/schema';
import type { Column, Link } from '@/simulator/data/table';
import { dateAt, secondsBefore, type World } from '@/simulator/data/world';

/** Rows of the object in every org. */
export const WIDE_ROWS = 300;

function cell(type: FieldType, draw: Draw, row: number): CellValue {
  switch (type) {
    case 'double':
      return draw.between(row, -500_000, 500_000) / 100;
    case 'currency':
      return draw.between(row, 1, 9_000) * 50;
    case 'percent':
      return draw.between(row, 0, 10_000) / 100;
    case 'date':
      return dateAt(draw.between(row, -700, 200));
    case 'datetime':
      return secondsBefore(draw.between(row, 3_600, 60_000_000));
    case 'boolean':
      return draw.chance(row, 50);
    case 'picklist':
      return draw.pick(row, WIDE_PICKLIST);
    case 'email':
      return `person${draw.between(row, 1, 9_999)}@company.example`;
    case 'phone':
      return `(312) 555-01${String(draw.between(row, 0, 99)).padStart(2, '0')}`;
    case 'url':
      return `https://www.company.example/${draw.between(row, 1, 9_999)}`;
    default:
      return `Text ${draw.between(row, 1, 9_999)}`;
  }
}

export function wideColumns(world: World): { columns: Record<string, Column>; links: Record<string, Link> } {
  const audit = auditColumns(world, 'wide');
  const columns: Record<string, Column> = {
    ...audit.columns,
    Name: (row) => `Wide ${String(row + 1).padStart(4, '0')}`,
    CurrencyIsoCode: () => world.org.defaultCurrency,
  };
  for (let index = 0; index < WIDE_FIELD_COUNT; index++) {
    const [type, draw] = [wideTypeOf(index), world.draw(`wide.${index}`)];
    columns[wideFieldName(index)] = (row) =>
      type !== 'boolean' && draw.bits(row) % 9 === 0 ? null : cell(type, draw, row);
  }
  return { columns, links: audit.links };
}
