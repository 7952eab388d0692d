'use client';

import { buttonVariants, inputVariants } from '@heroui/styles';
import { Search } from 'lucide-react';
import Form from 'next/form';
import { useId } from 'react';
import { ChoiceField } from '@/components/forms/choice-field';
import type { Health } from '@/lib/connections/types';
import type { EnvironmentSummary } from '@/lib/environments/types';
import { type ListState, sortText } from './list-href';

const HEALTHS: Record<Health, string> = {
  healthy: 'Healthy',
  app_refused: 'App refused',
  refreshing: 'Refreshing',
  unknown: 'Outcome unknown',
  needs_reconnect: 'Needs reconnect',
  revoking: 'Revoking',
  disconnected: 'Disconnected',
};

interface GrantFiltersProps {
  state: ListState;
  environments: EnvironmentSummary[];
}

/** Search and filters of the list; the address carries them, so a view can be shared. Works without scripts too. */
export function GrantFilters({ state, environments }: GrantFiltersProps) {
  const id = useId();
  return (
    <Form
      action="/admin/connections"
      role="search"
      aria-label="Grants"
      className="flex flex-wrap items-end gap-3"
      onChange={({ target }) => {
        if (target instanceof HTMLSelectElement) target.form?.requestSubmit();
      }}
    >
      <div className="flex w-full flex-col gap-1 sm:w-72">
        <label htmlFor={id} className="label">
          Search
        </label>
        <input
          id={id}
          type="search"
          name="q"
          defaultValue={state.q}
          maxLength={200}
          placeholder="Person, org or Salesforce user"
          autoComplete="off"
          spellCheck={false}
          className={inputVariants({ className: 'h-[2.375rem] w-full' })}
        />
      </div>
      <div className="min-w-0 flex-1 basis-32 sm:max-w-52">
        <ChoiceField
          name="environment"
          label="Environment"
          defaultValue={state.environment ?? ''}
          options={[
            { value: '', label: 'All' },
            ...environments.map(({ slug, name }) => ({ value: slug, label: name })),
          ]}
        />
      </div>
      <div className="min-w-0 flex-1 basis-32 sm:max-w-52">
        <ChoiceField
          name="health"
          label="Health"
          defaultValue={state.health ?? ''}
          options={[
            { value: '', label: 'All with a grant' },
            { value: 'needs_attention', label: 'Needs attention' },
            ...Object.entries(HEALTHS).map(([value, label]) => ({ value, label })),
          ]}
        />
      </div>
      <input type="hidden" name="sort" value={sortText(state.sort)} />
      <button
        type="submit"
        className={buttonVariants({ variant: 'secondary', className: 'w-full sm:w-auto' })}
      >
        <Search aria-hidden="true" />
        Search
      </button>
    </Form>
  );
}
