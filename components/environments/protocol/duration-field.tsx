'use client';

import { useState } from 'react';
import { Field } from '@/components/forms/field';
import { daysInWords, secondsInWords } from '@/lib/format/duration';

interface DurationFieldProps {
  name: string;
  label: string;
  unit: 'seconds' | 'days';
  defaultValue: string;
  description: string;
  error: string | undefined;
}

/** A number of seconds or days, with what it comes to in words. */
export function DurationField({ name, label, unit, defaultValue, description, error }: DurationFieldProps) {
  const [typed, setTyped] = useState(defaultValue);
  const amount = Number(typed.trim());
  const words = unit === 'seconds' ? secondsInWords(amount) : daysInWords(amount);
  const short = unit === 'seconds' ? `${typed.trim()} s` : `${typed.trim()} days`;
  return (
    <Field
      name={name}
      label={`${label} (${unit})`}
      value={typed}
      onChange={setTyped}
      maxLength={4}
      error={error}
      description={words && words !== short ? `${short} = ${words}. ${description}` : description}
    />
  );
}
