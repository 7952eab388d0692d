'use client';

import { Modal } from '@heroui/react/modal';
import { LoaderCircle, Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { costInWords } from '@/components/data-grid/words';
import { ProblemCard } from '@/components/states/problem-card';
import type { Problem } from '@/lib/errors';
import { SearchResults, searchLines } from './search-results';
import { type SearchState, useSearch } from './use-search';

interface SearchDialogProps {
  connectionId: string;
  onClose: () => void;
}

/** Search over a connection's main objects: typed, walked through by the arrow keys, opened by Enter. */
export function SearchDialog({ connectionId, onClose }: SearchDialogProps) {
  const { text, state, type, now } = useSearch(connectionId);
  const [active, setActive] = useState(0);
  const listId = useId();
  const groups = state.step === 'answered' ? searchLines(connectionId, state.q, state.answer) : [];
  const lines = groups.flatMap((group) => group.lines);
  const current = lines[active]?.id ?? null;
  const currentId = current === null ? undefined : `${listId}-${current}`;

  useEffect(() => {
    if (currentId) document.getElementById(currentId)?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, lines.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (event.key === 'Enter' && currentId) document.getElementById(currentId)?.click();
    else if (event.key === 'Enter') now();
    else return;
    event.preventDefault();
  };

  return (
    <Modal.Backdrop isOpen onOpenChange={(open) => (open ? undefined : onClose())} isDismissable>
      <Modal.Container placement="top" size="lg">
        <Modal.Dialog aria-label="Search records" className="p-0">
          <div className="flex items-center gap-3 border-b border-separator px-4">
            <Search aria-hidden="true" className="size-4 shrink-0 text-muted" />
            <input
              autoFocus
              role="combobox"
              aria-label="Search records"
              aria-expanded={lines.length > 0}
              aria-controls={listId}
              aria-activedescendant={currentId}
              aria-autocomplete="list"
              autoComplete="off"
              spellCheck={false}
              maxLength={200}
              placeholder="Search accounts, contacts, opportunities…"
              value={text}
              onChange={(event) => {
                setActive(0);
                type(event.target.value);
              }}
              onKeyDown={onKeyDown}
              className="h-12 min-w-0 flex-1 bg-transparent text-foreground outline-none placeholder:text-muted"
            />
            {state.step === 'asking' ? (
              <LoaderCircle aria-hidden="true" className="size-4 animate-spin text-muted" />
            ) : null}
          </div>
          <div className="p-1.5">
            {lines.length > 0 ? (
              <SearchResults groups={groups} listId={listId} active={current} onOpen={onClose} />
            ) : null}
            <SearchWords state={state} found={lines.length} />
          </div>
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}

function SearchWords({ state, found }: { state: SearchState; found: number }) {
  if (state.step === 'failed') return <ProblemCard problem={state.problem as Problem} live />;
  return (
    <div role="status" className="px-3 py-2 text-sm text-muted">
      {state.step === 'idle' ? <p>Type at least two characters. A search costs one API call.</p> : null}
      {state.step === 'asking' ? <p>Asking Salesforce…</p> : null}
      {state.step === 'answered' ? (
        <>
          {found === 0 ? (
            <p className="pb-2 text-foreground">
              Nothing found for “{state.q}” in {state.answer.searched.join(', ')}.
            </p>
          ) : null}
          <p className="text-xs tabular-nums">{costInWords(state.answer, state.answer.locale)}</p>
        </>
      ) : null}
    </div>
  );
}
