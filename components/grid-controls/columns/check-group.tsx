'use client';

import { useId } from 'react';
import { KindIcon } from '@/components/grid-controls/fields/kind-icon';
import type { ColumnKind } from '@/lib/records/types';

interface CheckGroupProps {
  title: string;
  entries: ReadonlyArray<{ name: string; label: string; kind: ColumnKind }>;
  names: readonly string[];
  onToggle: (names: string[], shown: boolean) => void;
}

/** Fields of one type, each to be shown or not, and all of them at once. */
export function CheckGroup({ title, entries, names, onToggle }: CheckGroupProps) {
  const id = useId();
  const shown = new Set(names);
  const all = entries.every(({ name }) => shown.has(name));
  return (
    // biome-ignore lint/a11y/useSemanticElements: its title has a button beside it, which a legend cannot.
    <div role="group" aria-labelledby={id} className="pb-1">
      <div className="flex items-center justify-between px-1.5 py-1 text-xs text-muted">
        <p id={id} className="font-medium">
          {title}
        </p>
        <button
          type="button"
          aria-label={`${all ? 'Hide' : 'Show'} all of ${title}`}
          onClick={() =>
            onToggle(
              entries.map(({ name }) => name),
              !all,
            )
          }
          className="cursor-pointer rounded px-1 hover:text-foreground"
        >
          {all ? 'None' : 'All'}
        </button>
      </div>
      {entries.map(({ name, label, kind }) => (
        <label
          key={name}
          title={name}
          className="flex cursor-pointer items-center gap-2 rounded-md px-1.5 py-1 text-sm hover:bg-default"
        >
          <input
            type="checkbox"
            checked={shown.has(name)}
            onChange={({ target }) => onToggle([name], target.checked)}
            className="size-4 shrink-0 accent-(--accent)"
          />
          <KindIcon kind={kind} />
          <span className="min-w-0 truncate">{label}</span>
        </label>
      ))}
    </div>
  );
}
