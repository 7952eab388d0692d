'use client';

import { inputVariants } from '@heroui/styles';
import { type KeyboardEvent, useState } from 'react';
import { ValueChips } from './value-chips';

interface TextListEditorProps {
  label: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
}

const MAX_VALUES = 200;

/** Several texts: each is added with Enter, and a pasted list at once, one a line. */
export function TextListEditor({ label, values, onChange }: TextListEditorProps) {
  const [typed, setTyped] = useState('');
  const add = (texts: readonly string[]) => {
    const next = texts.map((text) => text.trim().slice(0, 255)).filter((text) => text !== '');
    onChange([...new Set([...values, ...next])].slice(0, MAX_VALUES));
    setTyped('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && typed.trim() !== '') {
      event.preventDefault();
      add([typed]);
    } else if (event.key === 'Backspace' && typed === '' && values.length > 0) {
      onChange(values.slice(0, -1));
    }
  };
  return (
    <div className="space-y-1.5">
      <ValueChips
        label={label}
        values={values.map((value) => ({ value, words: value }))}
        onRemove={(gone) => onChange(values.filter((value) => value !== gone))}
      />
      <input
        aria-label={`Add a value of ${label}`}
        placeholder="Type, then Enter; or paste a list"
        value={typed}
        autoComplete="off"
        spellCheck="false"
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={onKeyDown}
        // What was typed and not entered counts as well.
        onBlur={() => (typed.trim() === '' ? undefined : add([typed]))}
        onPaste={(event) => {
          const lines = event.clipboardData.getData('text').split(/[\r\n\t]+/);
          if (lines.length < 2) return;
          event.preventDefault();
          add(lines);
        }}
        className={inputVariants({ className: 'h-9 w-full' })}
      />
    </div>
  );
}
