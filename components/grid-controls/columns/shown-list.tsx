'use client';

import { ArrowDown, ArrowUp, GripVertical, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';

interface ShownListProps {
  /** `why`: the reason for which this one cannot be shown. */
  columns: ReadonlyArray<{ name: string; label: string; why: string | null }>;
  onMove: (from: number, to: number) => void;
  onRemove: (name: string) => void;
}

/** The columns in their order: dragged, or moved with buttons. */
export function ShownList({ columns, onMove, onRemove }: ShownListProps) {
  const [dragged, setDragged] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const move = (from: number, to: number, button: HTMLButtonElement) => {
    onMove(from, to);
    setSaid(`${columns[from]?.label ?? ''} is now ${to + 1} of ${columns.length}.`);
    // A row that is moved in the document loses the focus that it had.
    requestAnimationFrame(() => button.focus());
  };
  return (
    <section aria-labelledby="shown-columns" className="min-w-0">
      <h3 id="shown-columns" className="text-sm font-medium">
        Shown <span className="text-muted tabular-nums">{columns.length}</span>
      </h3>
      <ol className="mt-1 max-h-[45vh] overflow-y-auto overscroll-contain sm:max-h-[55vh]">
        {columns.map(({ name, label, why }, index) => (
          <li
            key={name}
            draggable
            title={name}
            onDragStart={() => setDragged(index)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => {
              if (dragged === null) return;
              event.preventDefault();
              if (dragged === index) return;
              onMove(dragged, index);
              setDragged(index);
            }}
            className={`flex items-center gap-1.5 rounded-md py-0.5 pl-1 text-sm ${dragged === index ? 'bg-accent-soft' : 'hover:bg-default'}`}
          >
            <GripVertical
              aria-hidden="true"
              className="size-4 shrink-0 cursor-grab text-muted max-sm:hidden"
            />
            <span className="min-w-0 flex-1">
              <span className="block truncate">{label}</span>
              {why ? <span className="block text-xs text-warning-soft-foreground">{why}</span> : null}
            </span>
            <RowButton
              label={`Move ${label} up`}
              isDisabled={index === 0}
              onClick={(button) => move(index, index - 1, button)}
            >
              <ArrowUp aria-hidden="true" className="size-4" />
            </RowButton>
            <RowButton
              label={`Move ${label} down`}
              isDisabled={index === columns.length - 1}
              onClick={(button) => move(index, index + 1, button)}
            >
              <ArrowDown aria-hidden="true" className="size-4" />
            </RowButton>
            <RowButton label={`Hide ${label}`} onClick={() => onRemove(name)}>
              <X aria-hidden="true" className="size-4" />
            </RowButton>
          </li>
        ))}
      </ol>
      {columns.length === 0 ? <p className="py-3 text-sm text-muted">Choose at least one column.</p> : null}
      <p role="status" className="sr-only">
        {said}
      </p>
    </section>
  );
}

interface RowButtonProps {
  label: string;
  isDisabled?: boolean;
  onClick: (button: HTMLButtonElement) => void;
  children: ReactNode;
}

/** Stays focusable at the end of the list, where it does nothing. */
export function RowButton({ label, isDisabled = false, onClick, children }: RowButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={isDisabled || undefined}
      onClick={({ currentTarget }) => (isDisabled ? undefined : onClick(currentTarget))}
      className={`grid size-7 shrink-0 place-items-center rounded ${isDisabled ? 'text-muted opacity-40' : 'cursor-pointer text-muted hover:bg-surface-tertiary hover:text-foreground'}`}
    >
      {children}
    </button>
  );
}
