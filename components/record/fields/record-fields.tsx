'use client';

import { Label } from '@heroui/react/label';
import { SearchField } from '@heroui/react/search-field';
import { Switch } from '@heroui/react/switch';
import { useDeferredValue, useId, useState } from 'react';
import type { RecordSection, RecordView } from '@/lib/records/record/types';
import { FieldRow } from './field-row';
import { fieldMatches } from './field-text';

/** All fields of a record in sections, with a search in them and a switch that hides the empty ones. */
export function RecordFields({ view }: { view: RecordView }) {
  const [search, setSearch] = useState('');
  const [hidesEmpty, setHidesEmpty] = useState(false);
  const wanted = useDeferredValue(search);
  const sections = view.sections
    .map(({ title, fields }) => ({
      title,
      fields: fields.filter(
        (field) => (!hidesEmpty || field.value !== null) && fieldMatches(field, view, wanted),
      ),
    }))
    .filter(({ fields }) => fields.length > 0);
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <SearchField
          aria-label="Search in fields"
          value={search}
          onChange={setSearch}
          className="w-full sm:w-72"
          fullWidth
        >
          <SearchField.Group>
            <SearchField.SearchIcon />
            <SearchField.Input placeholder="Search in fields" maxLength={200} />
            <SearchField.ClearButton />
          </SearchField.Group>
        </SearchField>
        <Switch isSelected={hidesEmpty} onChange={setHidesEmpty}>
          <Switch.Content>
            <Switch.Control>
              <Switch.Thumb />
            </Switch.Control>
            <Label>Hide empty</Label>
          </Switch.Content>
        </Switch>
        <p role="status" className="text-[0.8125rem] text-muted">
          {countWords(view.sections, sections)}
        </p>
      </div>
      {sections.length === 0 ? (
        <p className="rounded-xl border border-dashed border-border px-5 py-8 text-center text-muted">
          {wanted.trim() === ''
            ? 'Every field of this record is empty.'
            : `No field holds “${wanted.trim()}”.`}
        </p>
      ) : (
        sections.map((section) => <FieldSection key={section.title} section={section} view={view} />)
      )}
    </div>
  );
}

function FieldSection({ section, view }: { section: RecordSection; view: RecordView }) {
  const id = useId();
  const isLong = section.title === 'Long text';
  return (
    <section
      aria-labelledby={id}
      className="rounded-xl bg-surface px-5 pt-4 pb-3 shadow-surface [contain-intrinsic-size:auto_20rem] [content-visibility:auto]"
    >
      <h2 id={id} className="text-base font-semibold">
        {section.title}
      </h2>
      <dl className={`mt-1.5 grid grid-cols-1 gap-x-10 ${isLong ? '' : 'xl:grid-cols-2'}`}>
        {section.fields.map((field) => (
          <FieldRow key={field.column.name} field={field} formats={view} />
        ))}
      </dl>
    </section>
  );
}

function countWords(all: readonly RecordSection[], shown: readonly RecordSection[]): string {
  const count = (sections: readonly RecordSection[]) =>
    sections.reduce((sum, { fields }) => sum + fields.length, 0);
  const total = count(all);
  const left = count(shown);
  return left === total ? `${total} fields` : `${left} of ${total} fields`;
}
