'use client';

import { memo } from 'react';
import type { RecordField } from '@/lib/records/record/types';
import { CopyValue } from './copy-value';
import { type FieldFormats, fieldText } from './field-text';
import { FieldValue } from './field-value';

/** A field: its name, its value, and a button that copies it. */
export const FieldRow = memo(function FieldRow({
  field,
  formats,
}: {
  field: RecordField;
  formats: FieldFormats;
}) {
  const { column, value } = field;
  const isEmpty = value === null || value === undefined;
  return (
    <div className="group grid min-w-0 gap-x-4 gap-y-0.5 border-b border-separator py-1.5 sm:grid-cols-[11rem_1fr]">
      <dt className="min-w-0 pt-1 text-[0.8125rem] break-words text-muted" title={column.name}>
        {column.label}
        {column.isCalculated ? (
          <span className="ms-1.5 rounded bg-default px-1 py-px text-[0.6875rem] text-default-foreground">
            Formula
          </span>
        ) : null}
      </dt>
      <dd className="flex min-h-7 min-w-0 items-start gap-1 text-foreground">
        <div className="min-w-0 flex-1 pt-0.5 break-words">
          {isEmpty ? (
            <span className="text-muted">Empty</span>
          ) : (
            <FieldValue field={field} formats={formats} />
          )}
        </div>
        {isEmpty ? null : <CopyValue label={column.label} text={() => copiedText(field, formats)} />}
      </dd>
    </div>
  );
});

/** Rich text is copied as its words. */
async function copiedText(field: RecordField, formats: FieldFormats): Promise<string> {
  const text = fieldText(field, formats);
  if (field.column.kind !== 'richText') return text;
  const { richTextToText } = await import('@/lib/format/rich-text/rich-text-to-text');
  return richTextToText(text);
}
