'use client';

import { buttonVariants, inputVariants } from '@heroui/styles';
import { Search } from 'lucide-react';
import Form from 'next/form';
import { useId } from 'react';
import { ChoiceField } from '@/components/forms/choice-field';

interface PersonFiltersProps {
  q: string;
  role: string | null;
  state: string | null;
}

/** Search and filters of the list of people; the address carries them. Works without scripts too. */
export function PersonFilters({ q, role, state }: PersonFiltersProps) {
  const id = useId();
  return (
    <Form
      action="/admin/people"
      role="search"
      aria-label="People"
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
          placeholder="Name, e-mail or username"
          autoComplete="off"
          spellCheck={false}
          className={inputVariants({ className: 'h-[2.375rem] w-full' })}
        />
      </div>
      <div className="min-w-0 flex-1 basis-32 sm:max-w-52">
        <ChoiceField
          name="role"
          label="Role"
          defaultValue={role ?? ''}
          options={[
            { value: '', label: 'All' },
            { value: 'member', label: 'Members' },
            { value: 'auditor', label: 'Auditors' },
            { value: 'admin', label: 'Administrators' },
          ]}
        />
      </div>
      <div className="min-w-0 flex-1 basis-32 sm:max-w-52">
        <ChoiceField
          name="state"
          label="State"
          defaultValue={state ?? ''}
          options={[
            { value: '', label: 'All' },
            { value: 'active', label: 'Active' },
            { value: 'deactivated', label: 'Deactivated' },
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
