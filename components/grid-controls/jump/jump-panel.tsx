'use client';

import { inputVariants } from '@heroui/styles';
import { type FormEvent, type ReactNode, type RefObject, useId, useState } from 'react';
import { useGridJump } from '@/components/data-grid/jump-context';
import { BusyButton } from '@/components/forms/busy-button';
import { ControlPopover } from '@/components/grid-controls/fields/control-popover';
import { useFocusOnce } from '@/components/grid-controls/fields/use-focus-once';
import { formatNumber } from '@/lib/format/numbers';
import type { GridJump, GridWindow } from '@/lib/records/types';
import { jumpFailure, rowNumber } from './jump-words';

interface JumpPanelProps {
  window: GridWindow;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

const INPUT: Readonly<Record<GridJump['kind'], string>> = {
  text: 'text',
  number: 'number',
  date: 'date',
  dateTime: 'date',
};

/** Goes to a row by its number, and to a letter, date or number in the column that the list is sorted by. */
export function JumpPanel({ window, anchor, onClose }: JumpPanelProps) {
  const jump = useGridJump();
  const { rows, locale } = window;
  const total = formatNumber(rows.total, { locale, scale: 0 });
  const goToRow = async (text: string) => {
    const row = rowNumber(text, rows.total);
    if (row === null) throw new Error(`Type a number from 1 to ${total}.`);
    jump.row(row);
  };
  return (
    <ControlPopover label="Go to" anchor={anchor} onClose={onClose} className="w-80">
      <div className="space-y-4">
        <JumpForm label={`Row, of ${total}`} type="text" isNumeric takesFocus go={goToRow} onDone={onClose} />
        {window.jump ? (
          <JumpForm
            label={`${window.jump.label}, ${window.jump.descending ? 'from the last down to' : 'from'}`}
            type={INPUT[window.jump.kind]}
            go={(text) => jump.value(text)}
            onDone={onClose}
          >
            {window.jump.kind === 'text' ? 'A letter, or the beginning of a word.' : null}
          </JumpForm>
        ) : (
          <p className="text-sm text-muted">
            {window.jumpWords ?? 'In this order there is no value to go to.'}
          </p>
        )}
      </div>
    </ControlPopover>
  );
}

interface JumpFormProps {
  label: string;
  type: string;
  isNumeric?: boolean;
  takesFocus?: boolean;
  go: (text: string) => Promise<void>;
  onDone: () => void;
  children?: ReactNode;
}

function JumpForm({ label, type, isNumeric, takesFocus, go, onDone, children }: JumpFormProps) {
  const id = useId();
  const ref = useFocusOnce<HTMLInputElement>(takesFocus ?? false);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || text.trim() === '') return;
    setBusy(true);
    setProblem(null);
    try {
      await go(text.trim());
      onDone();
    } catch (error) {
      setProblem(jumpFailure(error));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="space-y-1">
      <label htmlFor={id} className="label">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          ref={ref}
          type={type}
          {...(type === 'number' ? { step: 'any' } : {})}
          {...(isNumeric ? { inputMode: 'numeric' as const } : {})}
          value={text}
          maxLength={255}
          autoComplete="off"
          aria-invalid={problem === null ? undefined : true}
          aria-describedby={`${id}-help`}
          onChange={({ target }) => setText(target.value)}
          className={inputVariants({ className: 'h-9 min-w-0 flex-1' })}
        />
        <BusyButton type="submit" size="md" variant="secondary" busy={busy}>
          Go
        </BusyButton>
      </div>
      <div id={`${id}-help`}>
        {children ? <p className="px-1 text-xs text-muted">{children}</p> : null}
        {problem ? (
          <p role="alert" className="px-1 text-xs text-danger">
            {problem}
          </p>
        ) : null}
      </div>
    </form>
  );
}
