import { within } from './amount-by-close-month';
import {
  amountOf,
  type ChartContext,
  type ChartDefinition,
  COUNT,
  define,
  fieldNamed,
  sumAt,
} from './definition';
import { quartersUntil } from './spans';

const QUARTERS_BEFORE = 7;

/** Which share of what was closed in a quarter was won, by count and by amount, in the last two years. */
export function winRate(context: ChartContext): ChartDefinition {
  const needs = ['CloseDate', 'IsClosed', 'IsWon'];
  return define(context, { id: 'win-rate', title: 'Win rate', needs }, () => {
    const { field: amount, notices } = amountOf(context);
    const quarters = quartersUntil(context.today, QUARTERS_BEFORE);
    const closed = { field: 'IsClosed', operator: 'eq' as const, values: ['true'] };
    return {
      shape: 'line',
      groupLabel: fieldNamed(context, 'CloseDate')?.label ?? 'Close Date',
      groups: [
        { field: 'CloseDate', part: 'CALENDAR_YEAR', as: 'year' },
        { field: 'CloseDate', part: 'CALENDAR_QUARTER', as: 'quarter' },
        { field: 'IsWon', as: 'won' },
      ],
      measures: [COUNT, ...(amount ? [{ call: 'SUM' as const, field: 'Amount', as: 'money' }] : [])],
      conditions: [closed, within(quarters)],
      read: (rows) => ({
        measures: [
          { name: 'rate', label: 'Won, by count', kind: 'percent', scale: 1 },
          ...(amount
            ? [{ name: 'amount-rate', label: 'Won, by amount', kind: 'percent' as const, scale: 1 }]
            : []),
          { name: 'won', label: 'Won', kind: 'number', scale: 0 },
          { name: 'closed', label: 'Closed', kind: 'number', scale: 0 },
        ],
        pictures: [
          { label: 'By count', measures: ['rate'] },
          ...(amount ? [{ label: 'By amount', measures: ['amount-rate'] }] : []),
        ],
        groups: quarters.map((quarter) => {
          const all = rows.filter((row) => row.year === quarter.year && row.quarter === quarter.number);
          const won = all.filter((row) => row.won === true);
          const rate = (as: string) => share(sumAt(won, as), sumAt(all, as));
          return {
            label: `Q${quarter.number} ${quarter.year}`,
            values: [
              rate('total'),
              ...(amount ? [rate('money')] : []),
              sumAt(won, 'total'),
              sumAt(all, 'total'),
            ],
            conditions: [closed, within([quarter])],
          };
        }),
        notices,
      }),
    };
  });
}

/** Per cent; null of nothing. */
function share(part: number, whole: number): number | null {
  return whole === 0 ? null : (part / whole) * 100;
}
