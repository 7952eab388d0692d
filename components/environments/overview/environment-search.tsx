import { buttonVariants, inputVariants } from '@heroui/styles';
import { Search } from 'lucide-react';
import Form from 'next/form';

/** Search in the list; the address carries it. Works without scripts too. */
export function EnvironmentSearch({ q }: { q: string }) {
  return (
    <Form
      action="/admin/environments"
      role="search"
      aria-label="Environments"
      className="mb-4 flex flex-wrap items-end gap-3"
    >
      <label className="flex w-full flex-col gap-1 sm:w-72">
        <span className="label">Search</span>
        <input
          type="search"
          name="q"
          defaultValue={q}
          maxLength={200}
          placeholder="Name, address or consumer key"
          autoComplete="off"
          spellCheck={false}
          className={inputVariants({ className: 'h-[2.375rem] w-full' })}
        />
      </label>
      <button type="submit" className={buttonVariants({ variant: 'secondary' })}>
        <Search aria-hidden="true" />
        Search
      </button>
    </Form>
  );
}
