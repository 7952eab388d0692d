import { labelOf } from '@/lib/records/columns/column-of';
import type { FilterCondition } from '@/lib/records/types';
import type { FieldDescribe } from '@/lib/salesforce/types';
import {
  type AggregateRow,
  type ChartContext,
  type ChartDefinition,
  COUNT,
  define,
  fieldNamed,
  sumAt,
} from './definition';

const MOST_BARS = 15;

/** How many rows have each value of a field: its fifteen commonest, and the others together. */
export function countByField(context: ChartContext, name: string): ChartDefinition {
  const field = fieldNamed(context, name);
  const label = field ? labelOf(field) : name.replace(/Id$/, '');
  const title = `${context.describe.labelPlural} by ${label}`;
  return define(context, { id: `by-${name}`, title, needs: [name] }, () => {
    const named = field?.type === 'reference' ? field.relationshipName : null;
    const labels = new Map(field?.picklistValues.map(({ value, label: words }) => [value, words]));
    return {
      shape: 'bars',
      groupLabel: label,
      groups: [
        { field: name, as: 'value' },
        ...(named === null ? [] : [{ field: `${named}.Name`, as: 'named' }]),
      ],
      measures: [COUNT],
      conditions: [],
      biggest: COUNT,
      read: (rows) => {
        const shown = rows.length > MOST_BARS + 1 ? rows.slice(0, MOST_BARS) : rows;
        const others = rows.slice(shown.length);
        const labelAt = ({ value, named: name }: AggregateRow) =>
          isEmpty(value) ? `No ${label}` : String(name ?? labels.get(String(value)) ?? value);
        return {
          measures: [{ name: 'count', label: 'Count', kind: 'number', scale: 0 }],
          pictures: [{ label: 'Count', measures: ['count'] }],
          groups: [
            ...shown.map((row) => ({
              label: labelAt(row),
              values: [sumAt([row], COUNT.as)],
              conditions: [conditionOf(name, row.value)],
            })),
            ...(others.length > 0
              ? [
                  {
                    label: `${others.length.toLocaleString('en')} others`,
                    values: [sumAt(others, COUNT.as)],
                    conditions: null,
                  },
                ]
              : []),
          ],
          notices: [],
        };
      },
    };
  });
}

/** The fields by which rows of any object can be counted with some sense: picklists, the owner, the record type. */
export function countedFields({ describe }: ChartContext): string[] {
  const isCounted = ({ type, groupable }: FieldDescribe) => type === 'picklist' && groupable;
  const picklists = describe.fields.filter(({ name }) => name !== 'CurrencyIsoCode').filter(isCounted);
  const lookups = describe.fields.filter(
    ({ name, groupable }) => (name === 'OwnerId' || name === 'RecordTypeId') && groupable,
  );
  return [...picklists.slice(0, MOST_PICKLISTS), ...lookups].map(({ name }) => name);
}

const MOST_PICKLISTS = 4;

function conditionOf(field: string, value: unknown): FilterCondition {
  if (isEmpty(value)) return { field, operator: 'empty', values: [] };
  return { field, operator: 'in', values: [String(value)] };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}
