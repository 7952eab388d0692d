import type { FilterCondition } from '@/lib/records/types';
import {
  type AggregateRow,
  amountOf,
  type ChartContext,
  type ChartDefinition,
  COUNT,
  define,
  fieldNamed,
  sumAt,
} from './definition';
import { monthLabel, monthsAround, type Span } from './spans';

const MONTHS = 12;
const OUTCOMES = [
  { name: 'open', label: 'Open', is: (row: AggregateRow) => row.closed !== true },
  { name: 'won', label: 'Won', is: (row: AggregateRow) => row.closed === true && row.won === true },
  { name: 'lost', label: 'Lost', is: (row: AggregateRow) => row.closed === true && row.won !== true },
] as const;

/** Opportunities by the month of their close date, a year back and a year ahead: open, won and lost. */
export function amountByCloseMonth(context: ChartContext): ChartDefinition {
  const needs = ['CloseDate', 'IsClosed', 'IsWon'];
  return define(context, { id: 'amount-by-close-month', title: 'Amount by close month', needs }, () => {
    const { field: amount, notices } = amountOf(context);
    const months = monthsAround(context.today, MONTHS, MONTHS);
    const kinds = [
      ...(amount
        ? [{ as: 'money', label: amount.label, kind: 'currency' as const, scale: amount.scale }]
        : []),
      { as: 'total', label: 'Count', kind: 'number' as const, scale: 0 },
    ];
    return {
      shape: 'columns',
      groupLabel: fieldNamed(context, 'CloseDate')?.label ?? 'Close Date',
      groups: [
        { field: 'CloseDate', part: 'CALENDAR_YEAR', as: 'year' },
        { field: 'CloseDate', part: 'CALENDAR_MONTH', as: 'month' },
        { field: 'IsClosed', as: 'closed' },
        { field: 'IsWon', as: 'won' },
      ],
      measures: [COUNT, ...(amount ? [{ call: 'SUM' as const, field: 'Amount', as: 'money' }] : [])],
      conditions: [within(months)],
      read: (rows) => ({
        measures: kinds.flatMap(({ as, label, kind, scale }) =>
          OUTCOMES.map((outcome) => ({
            name: `${as}-${outcome.name}`,
            label: kinds.length === 1 ? outcome.label : `${outcome.label}: ${label.toLowerCase()}`,
            kind,
            scale,
          })),
        ),
        pictures: kinds.map(({ as, label }) => ({
          label,
          measures: OUTCOMES.map(({ name }) => `${as}-${name}`),
        })),
        groups: months.map((month) => {
          const here = rows.filter((row) => row.year === month.year && row.month === month.number);
          return {
            label: monthLabel(month, context.locale),
            values: kinds.flatMap(({ as }) => OUTCOMES.map(({ is }) => sumAt(here.filter(is), as))),
            conditions: [within([month])],
          };
        }),
        notices,
      }),
    };
  });
}

/** Close dates from the first day of the first span to the last day of the last. */
export function within(spans: readonly Span[]): FilterCondition {
  const [first, last] = [spans.at(0)?.first ?? '', spans.at(-1)?.last ?? ''];
  return { field: 'CloseDate', operator: 'between', values: [first, last] };
}
