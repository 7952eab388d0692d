'use client';

import { useState } from 'react';
import { Field } from '@/components/forms/field';
import type { KnownName } from '@/lib/broker/types';
import { lastWord, offered, withLastWord } from './offered';
import { SuggestField } from './suggest-field';

interface ListFieldProps {
  name: string;
  label: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** Names to offer for the word that is being typed; left out: none are known of this kind. */
  offer?: { names: readonly KnownName[]; isLooking?: boolean; onFocus?: () => void };
  description?: string;
  placeholder?: string;
  error?: string | undefined;
}

/** Several words in one field, separated by commas or spaces. */
export function ListField({ name, values, onChange, offer, ...field }: ListFieldProps) {
  const [text, setText] = useState(values.join(', '));
  // Somebody else changed the list, such as a preset: what was typed is of the list before.
  const shown = readList(text).join() === values.join() ? text : values.join(', ');
  const type = (next: string) => {
    setText(next);
    onChange(readList(next));
  };
  if (!offer) return <Field {...field} name={name} value={shown} onChange={type} />;
  const left = offer.names.filter((one) => !values.includes(one.name));
  return (
    <SuggestField
      {...field}
      value={shown}
      onChange={type}
      options={offered(left, lastWord(shown))}
      isLooking={offer.isLooking ?? false}
      complete={(chosen) => withLastWord(shown, chosen)}
      {...(offer.onFocus ? { onFocus: offer.onFocus } : {})}
    />
  );
}

/** The words of a list, each once. */
function readList(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((word) => word !== ''))];
}
