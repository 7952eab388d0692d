import { kindOf, labelOf } from '@/lib/records/columns/column-of';
import { missingField } from '@/lib/records/columns/missing-column';
import type { ColumnKind } from '@/lib/records/types';
import type { SobjectDescribe } from '@/lib/salesforce/types';
import type { Measure } from '@/lib/soql/aggregate';
import type { ColumnSummary, GridSummary } from './types';

export interface SummarisedField extends Pick<ColumnSummary, 'name' | 'label' | 'kind' | 'scale'> {
  /** Named `<what><place>`, such as `sum0`. */
  measures: Measure[];
}

/** Five functions of each make as many as anybody reads, and as one statement takes. */
const MOST_FIELDS = 20;

/** What is asked of a kind of column. Shares of different wholes have no sum that means anything. */
const CALLS: Partial<Record<ColumnKind, ReadonlyArray<Measure['call']>>> = {
  number: ['COUNT', 'SUM', 'AVG', 'MIN', 'MAX'],
  currency: ['COUNT', 'SUM', 'AVG', 'MIN', 'MAX'],
  percent: ['COUNT', 'AVG', 'MIN', 'MAX'],
  date: ['COUNT', 'MIN', 'MAX'],
  dateTime: ['COUNT', 'MIN', 'MAX'],
};

/** The wanted fields that Salesforce can summarise, and why the others are left out. */
export function summarisedFields(
  wanted: readonly string[],
  describe: SobjectDescribe,
  org: { orgId: string; apiVersion: string },
): { fields: SummarisedField[]; left: GridSummary['left'] } {
  const fields: SummarisedField[] = [];
  const left: GridSummary['left'] = [];
  for (const name of new Set(wanted)) {
    const found = summarisedField(name, describe, { org, place: fields.length });
    if ('why' in found) left.push(found);
    else if (fields.length < MOST_FIELDS) fields.push(found);
    else left.push({ label: found.label, why: `One summary takes ${MOST_FIELDS} columns at most.` });
  }
  return { fields, left };
}

function summarisedField(
  name: string,
  describe: SobjectDescribe,
  { org, place }: { org: { orgId: string; apiVersion: string }; place: number },
): SummarisedField | GridSummary['left'][number] {
  if (name.includes('.')) {
    return {
      label: name,
      why: 'It is a field of parent records, each of which would count once for every row.',
    };
  }
  const field = describe.fields.find((one) => one.name === name);
  if (!field) return { label: name, why: missingField(name, name, { ...org, sobject: describe.name }).words };
  const label = labelOf(field);
  const kind = kindOf(field);
  const calls = kind === null ? undefined : CALLS[kind];
  if (kind === null || !calls) return { label, why: 'It holds no numbers, amounts or dates.' };
  if (!field.aggregatable) return { label, why: 'Salesforce does not summarise this field.' };
  const measures = calls.map((call) => ({ call, field: name, as: `${call.toLowerCase()}${place}` }));
  return { name, label, kind, scale: field.scale, measures };
}
