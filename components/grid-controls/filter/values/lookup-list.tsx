'use client';

import { LoaderCircle } from 'lucide-react';
import { CostLine } from '@/components/grid-controls/fields/choices-frame';
import type { LookupOption } from '@/lib/records/fields/types';
import { LEAST_LETTERS, type LookupState } from './use-lookup';

interface LookupListProps {
  id: string;
  state: LookupState;
  options: readonly LookupOption[];
  typed: string;
  active: number;
  locale: string;
  onChoose: (option: LookupOption) => void;
}

/** What a lookup found, or why there is nothing. */
export function LookupList({ id, state, options, typed, active, locale, onChoose }: LookupListProps) {
  const words = statusWords(state, options.length, typed);
  return (
    <div>
      <p role="status" className="flex items-center gap-1.5 px-1 text-xs text-muted empty:hidden">
        {state.kind === 'loading' ? (
          <LoaderCircle aria-hidden="true" className="size-3.5 animate-spin" />
        ) : null}
        {words}
      </p>
      <div id={id} role="listbox" aria-label="Found records" className="max-h-56 overflow-y-auto">
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the input, which keeps the focus.
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          <div
            key={option.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(option)}
            className={`cursor-pointer rounded-md px-2 py-1 text-sm hover:bg-default ${index === active ? 'bg-default' : ''}`}
          >
            <span className="block truncate">{option.name}</span>
            {option.detail ? (
              <span className="block truncate text-xs text-muted">{option.detail}</span>
            ) : null}
          </div>
        ))}
      </div>
      {state.kind === 'ready' ? <CostLine cost={state.found.cost} what="Search" locale={locale} /> : null}
    </div>
  );
}

function statusWords(state: LookupState, count: number, typed: string): string {
  if (typed.trim() === '') return '';
  if (state.kind === 'loading') return 'Looking…';
  if (state.kind === 'failed')
    return [state.problem.message, state.problem.nextStep].filter(Boolean).join(' ');
  if (state.kind === 'idle') return `Type at least ${LEAST_LETTERS} letters of the name.`;
  return count === 0 ? 'No record of that name.' : '';
}
