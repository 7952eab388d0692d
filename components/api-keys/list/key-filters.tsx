'use client';

import { buttonVariants, inputVariants } from '@heroui/styles';
import { Search } from 'lucide-react';
import Form from 'next/form';
import { useId } from 'react';
import { ChoiceField } from '@/components/forms/choice-field';

interface KeyFiltersProps {
  q: string;
  state: string | null;
  environment: string | null;
  environments: ReadonlyArray<{ id: string; name: string }>;
}

const STATES = [
  { value: '', label: 'Not revoked' },
  { value: 'active', label: 'Active' },
  { value: 'expired', label: 'Expired' },
  { value: 'owner_inactive', label: 'Owner inactive' },
  { value: 'revoked', label: 'Revoked' },
  { value: 'all', label: 'All' },
];

/** Search and filters of the list of all keys; the address carries them. Works without scripts too. */
export function KeyFilters({ q, state, environment, environments }: KeyFiltersProps) {
  const id = useId();
  return (
    <Form
      action="/admin/api-keys"
      role="search"
      aria-label="API keys"
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
          defaultValue={q}
          maxLength={200}
          placeholder="Name, owner or odk_…"
          autoComplete="off"
          spellCheck={false}
          className={inputVariants({ className: 'h-[2.375rem] w-full' })}
        />
      </div>
      <div className="min-w-0 flex-1 basis-32 sm:max-w-52">
        <ChoiceField name="state" label="State" defaultValue={state ?? ''} options={STATES} />
      </div>
      <div className="min-w-0 flex-1 basis-32 sm:max-w-52">
        <ChoiceField
          name="environment"
          label="Works in"
          defaultValue={environment ?? ''}
          options={[
            { value: '', label: 'Any environment' },
            ...environments.map((one) => ({ value: one.id, label: one.name })),
          ]}
        />
      </div>
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
