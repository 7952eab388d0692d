import type { CellValue, FieldType } from '@/simulator/data/schema';
import type { FunctionCall } from '@/simulator/soql/ast';
import { SoqlUnsupported } from '@/simulator/soql/errors';
import { type Operand, operandOf } from '@/simulator/soql/run/operand';
import { type BoundPath, type QueryScope, resolvePath } from '@/simulator/soql/run/resolve';

interface DateFunction {
  readonly type: FieldType;
  of(cell: string): CellValue;
}

const year = (cell: string) => Number(cell.slice(0, 4));
const month = (cell: string) => Number(cell.slice(5, 7));
const quarter = (cell: string) => Math.ceil(month(cell) / 3);

/** "Date Functions". Datetimes are read in UTC, and the orgs' fiscal year starts in January. */
const DATE_FUNCTIONS: Readonly<Record<string, DateFunction>> = {
  CALENDAR_YEAR: { type: 'int', of: year },
  CALENDAR_QUARTER: { type: 'int', of: quarter },
  CALENDAR_MONTH: { type: 'int', of: month },
  FISCAL_YEAR: { type: 'int', of: year },
  FISCAL_QUARTER: { type: 'int', of: quarter },
  FISCAL_MONTH: { type: 'int', of: month },
  DAY_ONLY: { type: 'date', of: (cell) => cell.slice(0, 10) },
};

export function isDateFunction(call: FunctionCall): boolean {
  return Object.hasOwn(DATE_FUNCTIONS, call.name.toUpperCase());
}

/** Reads a part of a date: the field it is taken from, and the part as something to compare and to group by. */
export function dateFunction(scope: QueryScope, call: FunctionCall): { bound: BoundPath; operand: Operand } {
  const name = call.name.toUpperCase();
  const part = DATE_FUNCTIONS[name];
  const [path, ...more] = call.args;
  if (!part || !path || more.length > 0) throw new SoqlUnsupported(`${call.name}() with such arguments`);
  const bound = resolvePath(scope, path);
  const kinds: readonly FieldType[] = name === 'DAY_ONLY' ? ['datetime'] : ['date', 'datetime'];
  if (!kinds.includes(bound.field.type))
    throw new SoqlUnsupported(`${name}() of a ${bound.field.type} field`);
  const field = operandOf(scope.org, scope.user, bound);
  const operand: Operand = {
    ...field,
    name,
    type: part.type,
    key: field.key && `${name}(${field.key})`,
    read: (row) => {
      const cell = field.read(row);
      return cell === null ? null : part.of(String(cell));
    },
  };
  return { bound, operand };
}
