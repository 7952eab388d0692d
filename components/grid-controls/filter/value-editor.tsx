'use client';

import type { GridColumn } from '@/lib/records/types';
import { VALUE_COUNT } from '@/lib/soql/filter/operators';
import type { FilterOperator } from '@/lib/soql/types';
import { DayEditor } from './values/day-editor';
import { LookupEditor } from './values/lookup-editor';
import { OptionsEditor } from './values/options-editor';
import { PlainEditor } from './values/plain-editor';
import { RelativeEditor } from './values/relative-editor';
import { TextListEditor } from './values/text-list-editor';

interface ValueEditorProps {
  column: GridColumn;
  operator: FilterOperator;
  values: readonly string[];
  onChange: (values: string[]) => void;
}

/** What a field is compared with, entered as its kind asks for it. */
export function ValueEditor({ column, operator, values, onChange }: ValueEditorProps) {
  const count = VALUE_COUNT[operator];
  if (count === 'none') return null;
  if (count === 'many') return <ManyEditor column={column} values={values} onChange={onChange} />;
  const set = (at: number, value: string) =>
    onChange(
      Array.from({ length: count === 'two' ? 2 : 1 }, (_, index) =>
        index === at ? value : (values[index] ?? ''),
      ),
    );
  if (operator === 'relative') {
    return (
      <RelativeEditor
        label={`Time of ${column.label}`}
        value={values[0] ?? ''}
        onChange={(value) => set(0, value)}
      />
    );
  }
  const one = (at: number, label: string) => (
    <OneEditor column={column} label={label} value={values[at] ?? ''} onChange={(value) => set(at, value)} />
  );
  if (count === 'one') return one(0, `Value of ${column.label}`);
  return (
    <div className="flex flex-wrap items-start gap-1.5">
      <div className="min-w-32 flex-1">{one(0, `${column.label} from`)}</div>
      <span className="py-2 text-sm text-muted">and</span>
      <div className="min-w-32 flex-1">{one(1, `${column.label} to`)}</div>
    </div>
  );
}

function ManyEditor({ column, values, onChange }: Omit<ValueEditorProps, 'operator'>) {
  if (column.kind === 'reference') return <LookupEditor column={column} ids={values} onChange={onChange} />;
  if (column.options) {
    return (
      <OptionsEditor label={column.label} options={column.options} values={values} onChange={onChange} />
    );
  }
  return <TextListEditor label={column.label} values={values} onChange={onChange} />;
}

interface OneEditorProps {
  column: GridColumn;
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function OneEditor({ column, ...props }: OneEditorProps) {
  if (column.kind === 'date' || column.kind === 'dateTime') return <DayEditor {...props} />;
  return <PlainEditor kind={column.kind} {...props} />;
}
