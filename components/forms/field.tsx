'use client';

import { Description } from '@heroui/react/description';
import { FieldError } from '@heroui/react/field-error';
import { Input } from '@heroui/react/input';
import { Label } from '@heroui/react/label';
import { TextField } from '@heroui/react/textfield';
import type { ReactNode } from 'react';

interface FieldProps {
  name: string;
  label: string;
  description?: ReactNode;
  error?: string | undefined;
  defaultValue?: string | undefined;
  /** With `onChange`, in place of `defaultValue`: the caller holds what is typed. */
  value?: string;
  type?: 'text' | 'password' | 'url';
  placeholder?: string;
  required?: boolean;
  readOnly?: boolean;
  autoComplete?: string;
  maxLength?: number;
  onChange?: (value: string) => void;
}

/** A labelled text input with its help and its error, tied together for assistive technology. */
export function Field(props: FieldProps) {
  const { name, label, description, error, defaultValue = '', type = 'text', placeholder, onChange } = props;
  return (
    <TextField
      name={name}
      type={type}
      fullWidth
      {...(props.value === undefined ? { defaultValue } : { value: props.value })}
      isRequired={props.required ?? false}
      isReadOnly={props.readOnly ?? false}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      autoComplete={props.autoComplete ?? 'off'}
      spellCheck="false"
      {...(props.maxLength ? { maxLength: props.maxLength } : {})}
      {...(onChange ? { onChange } : {})}
    >
      <Label>{label}</Label>
      <Input {...(placeholder ? { placeholder } : {})} />
      {description ? <Description>{description}</Description> : null}
      {error ? <FieldError>{error}</FieldError> : null}
    </TextField>
  );
}
