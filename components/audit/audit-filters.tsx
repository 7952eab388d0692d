'use client';

import { SearchField } from '@heroui/react/search-field';
import { inputVariants } from '@heroui/styles';
import { LoaderCircle } from 'lucide-react';
import { useId, useTransition } from 'react';
import type { Viewer } from '@/components/states/instant';
import type { AuditFilter } from '@/lib/audit/types';
import { FilterChips } from './filter-chips';
import { useAuditUrl } from './use-audit-url';

interface AuditFiltersProps {
  filter: AuditFilter;
  people: Array<{ id: string; name: string }>;
  groups: Record<string, string>;
  viewer: Viewer;
}

const OUTCOMES = { done: 'Done', denied: 'Denied', failed: 'Failed' };
const PERIODS = { '24h': 'Last 24 hours', '7d': 'Last 7 days', '30d': 'Last 30 days', all: 'All time' };

/** Narrows the log; the address carries it, so a view can be shared. */
export function AuditFilters({ filter, people, groups, viewer }: AuditFiltersProps) {
  const [pending, startTransition] = useTransition();
  const { q, set, setQ } = useAuditUrl(startTransition);
  const names = Object.fromEntries(people.map(({ id, name }) => [id, name]));
  const { person } = filter;
  // Somebody who is gone, or beyond the list, is still who was asked for.
  if (person !== null && !Object.hasOwn(names, person)) names[person] = person;
  return (
    <search aria-label="Audit log" className="block space-y-3">
      <div className="grid grid-cols-2 items-end gap-3 lg:grid-cols-[minmax(14rem,1.5fr)_repeat(4,minmax(8rem,1fr))]">
        <div className="col-span-2 lg:col-span-1">
          <SearchField
            aria-label="Search the log"
            value={q}
            onChange={(value) => setQ(value)}
            onSubmit={(value) => setQ(value, true)}
            onClear={() => setQ('', true)}
            fullWidth
          >
            <SearchField.Group>
              <SearchField.SearchIcon />
              <SearchField.Input placeholder="Name, id, address, request" maxLength={200} />
              <SearchField.ClearButton />
            </SearchField.Group>
          </SearchField>
        </div>
        <Choice
          label="What"
          all="Everything"
          options={groups}
          value={filter.group}
          onChoose={(group) => set({ group })}
        />
        <Choice
          label="Who"
          all="Everybody"
          options={names}
          value={person}
          onChoose={(id) => set({ person: id })}
        />
        <Choice
          label="Outcome"
          all="All outcomes"
          options={OUTCOMES}
          value={filter.outcome}
          onChoose={(outcome) => set({ outcome })}
        />
        <Choice
          label="When"
          all={filter.period === 'custom' ? 'As chosen' : null}
          options={PERIODS}
          value={filter.period === 'custom' ? null : filter.period}
          onChoose={(period) => set({ period, from: null, to: null })}
        />
      </div>
      <FilterChips filter={filter} viewer={viewer} set={set} />
      <p role="status" className="text-xs text-muted empty:hidden">
        {pending ? (
          <span className="inline-flex items-center gap-1.5">
            <LoaderCircle aria-hidden="true" className="size-3.5 animate-spin" />
            Looking…
          </span>
        ) : null}
      </p>
    </search>
  );
}

interface ChoiceProps {
  label: string;
  /** The choice of none; null: there is none. */
  all: string | null;
  options: Record<string, string>;
  value: string | null;
  onChoose: (value: string | null) => void;
}

function Choice({ label, all, options, value, onChoose }: ChoiceProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="label">
        {label}
      </label>
      <select
        id={id}
        value={value ?? ''}
        onChange={({ target }) => onChoose(target.value || null)}
        className={inputVariants({ className: 'h-[2.375rem] w-full' })}
      >
        {all === null ? null : <option value="">{all}</option>}
        {Object.entries(options).map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
