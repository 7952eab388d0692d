'use client';

import { inputVariants } from '@heroui/styles';
import type { KeyboardEvent } from 'react';
import { useFocusOnce } from './use-focus-once';

interface SearchInputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** Takes the focus when it appears. */
  autoFocus?: boolean;
  /** Of the list that the arrow keys move in, and of the entry that they are on. */
  listId?: string;
  activeId?: string | undefined;
}

/** Narrows a list while one types. The focus stays here; the list only shows where the arrow keys are. */
export function SearchInput(props: SearchInputProps) {
  const { label, value, onChange, onKeyDown, autoFocus = false, listId, activeId } = props;
  const ref = useFocusOnce<HTMLInputElement>(autoFocus);
  const combobox = listId
    ? {
        role: 'combobox',
        'aria-expanded': true,
        'aria-controls': listId,
        'aria-autocomplete': 'list' as const,
        'aria-activedescendant': activeId,
      }
    : {};
  return (
    <input
      {...combobox}
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      autoComplete="off"
      spellCheck="false"
      maxLength={100}
      ref={ref}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
      className={inputVariants({ className: 'h-[2.375rem] w-full' })}
    />
  );
}
