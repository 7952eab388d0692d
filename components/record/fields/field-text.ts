import { labelsOf } from '@/components/data-grid/columns/drawn-column';
import { formatCell } from '@/lib/format/cell';
import type { RecordField, RecordView } from '@/lib/records/record/types';

/** How values are written for this reader. */
export type FieldFormats = Pick<
  RecordView,
  'connectionId' | 'instanceUrl' | 'locale' | 'timeZone' | 'currency'
>;

/** A field's value as one line of text, as in the grid. Of rich text it is the markup. */
export function fieldText({ column, value }: RecordField, formats: FieldFormats): string {
  const { locale, timeZone, currency } = formats;
  const labels = labelsOf(column);
  const options = { locale, timeZone, currency, scale: column.scale };
  return formatCell(column.kind, value, labels ? { ...options, labels } : options);
}

/** Whether a field's label, API name or value holds what is searched for; the empty text is in all. */
export function fieldMatches(field: RecordField, formats: FieldFormats, search: string): boolean {
  const wanted = search.trim().toLocaleLowerCase(formats.locale);
  if (wanted === '') return true;
  return [field.column.label, field.column.name, fieldText(field, formats)].some((text) =>
    text.toLocaleLowerCase(formats.locale).includes(wanted),
  );
}
