'use client';

import { X } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { loadPaths, useKnownColumns } from '@/components/grid-controls/fields/field-choices';
import type { GridControlProps } from '@/components/grid-controls/types';
import { isGroup } from '@/lib/soql/filter-text';
import type { FilterGroup } from '@/lib/soql/types';
import { conditionWords, filterWords } from './filter-words';
import { nameLookup } from './known-names';

/** The filter in words under the toolbar: one chip for each part, each with its way out. Nothing without a filter. */
export function FilterChips({ window, state, change }: GridControlProps) {
  const { filter } = state;
  const { connectionId, sobject, columns, locale, timeZone } = window;
  const source = useMemo(() => ({ connectionId, sobject }), [connectionId, sobject]);
  const columnOf = useKnownColumns(source, columns);
  const nameOf = useMemo(() => nameLookup(window), [window]);
  const unknown = filter ? fieldsOf(filter).filter((name) => !columnOf(name)) : [];
  const unknownNames = unknown.join(',');
  useEffect(() => {
    // Their labels are in a describe that the server has kept since it wrote the statement.
    if (unknownNames !== '') loadPaths(source, unknownNames.split(','));
  }, [source, unknownNames]);
  if (filter === null || filter.of.length === 0) return null;

  const vocabulary = { columnOf, nameOf, locale, timeZone };
  // Parts of which one is enough belong together: they are one chip.
  const parts = filter.match === 'all' ? filter.of : [filter];
  const remove = (index: number) => {
    const of = filter.match === 'all' ? filter.of.filter((_part, at) => at !== index) : [];
    change({ filter: of.length > 0 ? { ...filter, of } : null, row: 1 });
  };
  return (
    <ul aria-label="Filters" className="flex flex-wrap items-center gap-1.5">
      {parts.map((part, index) => {
        const words = isGroup(part) ? filterWords(part, vocabulary) : conditionWords(part, vocabulary);
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: two parts may say the same, and parts keep their places.
            key={`${index} ${words}`}
            className="inline-flex min-w-0 max-w-full items-center gap-1 rounded-md bg-accent-soft py-0.5 pr-0.5 pl-2.5 text-xs text-accent-soft-foreground"
          >
            <span className="min-w-0 break-words">{words}</span>
            <button
              type="button"
              aria-label={`Remove filter: ${words}`}
              onClick={() => remove(index)}
              className="grid size-6 shrink-0 cursor-pointer place-items-center rounded hover:bg-accent-soft-hover"
            >
              <X aria-hidden="true" className="size-3.5" />
            </button>
          </li>
        );
      })}
      {parts.length > 1 ? (
        <li>
          <button
            type="button"
            onClick={() => change({ filter: null, row: 1 })}
            className="h-6 cursor-pointer rounded px-1.5 text-xs text-muted hover:text-foreground"
          >
            Clear all
          </button>
        </li>
      ) : null}
    </ul>
  );
}

function fieldsOf(group: FilterGroup): string[] {
  return group.of.flatMap((part) => (isGroup(part) ? fieldsOf(part) : [part.field]));
}
