'use client';

import { useState } from 'react';
import { Field } from '@/components/forms/field';

interface ListFieldProps {
  name: string;
  label: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  description?: string;
  placeholder?: string;
  error?: string | undefined;
}

/** Several words in one field, separated by commas or spaces. */
export function ListField({ values, onChange, ...field }: ListFieldProps) {
  const [text, setText] = useState(values.join(', '));
  // Somebody else changed the list, such as a preset: what was typed is of the list before.
  const shown = readList(text).join() === values.join() ? text : values.join(', ');
  return (
    <Field
      {...field}
      value={shown}
      onChange={(next) => {
        setText(next);
        onChange(readList(next));
      }}
    />
  );
}

/** The words of a list, each once. */
function readList(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((word) => word !== ''))];
}
