'use client';

import { Description } from '@heroui/react/description';
import { FieldError } from '@heroui/react/field-error';
import { Label } from '@heroui/react/label';
import { TextArea } from '@heroui/react/textarea';
import { TextField } from '@heroui/react/textfield';
import type { ReactNode } from 'react';

interface TextAreaFieldProps {
  name: string;
  label: string;
  description?: ReactNode;
  error?: string | undefined;
  placeholder?: string;
  rows?: number;
}

/** Several lines that are pasted as they are, such as a key. */
export function TextAreaField({
  name,
  label,
  description,
  error,
  placeholder,
  rows = 6,
}: TextAreaFieldProps) {
  return (
    <TextField
      name={name}
      fullWidth
      isInvalid={error !== undefined}
      validationBehavior="aria"
      autoComplete="off"
      spellCheck="false"
    >
      <Label>{label}</Label>
      <TextArea
        rows={rows}
        className="font-mono text-[0.8125rem]"
        {...(placeholder ? { placeholder } : {})}
      />
      {description ? <Description>{description}</Description> : null}
      {error ? <FieldError>{error}</FieldError> : null}
    </TextField>
  );
}
