'use client';

import { SearchField } from '@heroui/react/search-field';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useDeferredValue, useMemo, useRef, useState } from 'react';
import { costInWords } from '@/components/data-grid/words';
import type { ActionResult } from '@/components/forms/action-result';
import { BusyButton } from '@/components/forms/busy-button';
import { ProblemCard } from '@/components/states/problem-card';
import type { Problem } from '@/lib/errors';
import { NoObject } from './no-object';
import { ObjectRow } from './object-row';
import { keyOf, linesOf, objectSections } from './object-sections';
import { useObjects } from './use-objects';

const ROW = 52;
const TITLE = 40;

interface ObjectPickerProps {
  /** An `ObjectList` as JSON. */
  payload: string;
  setFavourite: (sobject: string, isFavourite: boolean) => Promise<ActionResult>;
}

/** Every object of an org to choose from: typed, by the arrow keys, or by sections. Only what is in view is drawn. */
export function ObjectPicker({ payload, setFavourite }: ObjectPickerProps) {
  const { list, objects, counted, counting, problem, star, count } = useObjects(payload, setFavourite);
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const lines = useMemo(() => linesOf(objectSections(objects, wanted)), [objects, wanted]);
  const scroller = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ('title' in (lines[index] ?? {}) ? TITLE : ROW),
    getItemKey: (index) => keyOf(lines[index], index),
    overscan: 8,
  });
  const shown = virtual.getVirtualItems();

  const focusLine = (from: number, step: 1 | -1) => {
    let index = from + step;
    while (lines[index] && 'title' in (lines[index] ?? {})) index += step;
    if (!lines[index]) {
      if (step === -1) search.current?.focus();
      return;
    }
    virtual.scrollToIndex(index);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const line = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    const from = line ? Number(line.dataset.index) : -1;
    if (event.key === 'ArrowDown') focusLine(from, 1);
    else if (event.key === 'ArrowUp' && line) focusLine(from, -1);
    else if (event.key === 'Enter' && event.target === search.current)
      scroller.current?.querySelector<HTMLElement>('[data-object]')?.click();
    else return;
    event.preventDefault();
  };
  const countShown = () => {
    const inView = shown.flatMap(({ index }) => {
      const line = lines[index];
      return line && 'object' in line ? [line.object.name] : [];
    });
    return count(inView);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move the focus between the links
    <div className="flex min-h-0 flex-1 flex-col gap-3" onKeyDown={onKeyDown}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <SearchField
          aria-label="Search objects"
          value={text}
          onChange={setText}
          autoFocus
          className="w-full sm:w-80"
        >
          <SearchField.Group>
            <SearchField.SearchIcon />
            <SearchField.Input ref={search} placeholder="Label or API name" maxLength={80} />
            <SearchField.ClearButton />
          </SearchField.Group>
        </SearchField>
        <BusyButton variant="outline" size="sm" busy={counting} onPress={() => void countShown()}>
          Count records in view
        </BusyButton>
        <p className="text-xs text-muted">
          {counted
            ? 'Counts are Salesforce’s own approximation, kept from some time ago, over all records.'
            : 'Counting costs one API call.'}
        </p>
      </div>
      {problem ? <ProblemCard problem={problem as Problem} live /> : null}
      {lines.length === 0 ? (
        <NoObject text={text.trim()} />
      ) : (
        <div
          ref={scroller}
          className="min-h-0 flex-1 overflow-y-auto rounded-xl border border-separator bg-surface p-1.5"
        >
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            {shown.map(({ index, key, start, size }) => {
              const line = lines[index];
              return line === undefined ? null : (
                <div
                  key={key}
                  data-index={index}
                  className="absolute inset-x-0 top-0"
                  style={{ height: size, transform: `translateY(${start}px)` }}
                >
                  {'title' in line ? (
                    <h2 className="flex h-full items-end px-3 pb-1.5 text-xs font-semibold text-muted">
                      {line.title} <span className="ml-1.5 font-normal tabular-nums">{line.count}</span>
                    </h2>
                  ) : (
                    <ObjectRow
                      connectionId={list.connectionId}
                      object={line.object}
                      count={counted?.counts[line.object.name]}
                      locale={list.locale}
                      onStar={(isFavourite) => void star(line.object.name, isFavourite)}
                    />
                  )}
                </div>
              );
            })}
          </div>
        </div>
      )}
      <p className="text-xs text-muted tabular-nums" suppressHydrationWarning>
        {costInWords(counted ?? list, list.locale)}
      </p>
    </div>
  );
}
