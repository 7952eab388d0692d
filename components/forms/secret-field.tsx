'use client';

import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { Field } from './field';

interface SecretFieldProps {
  name: string;
  label: string;
  /** One is stored: it is never sent here, only replaced. */
  stored: boolean;
  /** When the stored one was set, in words. */
  storedSince?: string | undefined;
  error?: string | undefined;
  required?: boolean;
  /** Where the secret comes from. */
  origin?: string;
}

/** A write-only secret. A stored one shows as dots that stand for nothing. */
export function SecretField(props: SecretFieldProps) {
  const { name, label, stored, storedSince, error, required = false } = props;
  const { origin = 'Also called client secret (client_secret in OAuth) or customer secret.' } = props;
  const [replacing, setReplacing] = useState(!stored);
  if (!replacing && error === undefined) {
    return (
      <div className="flex flex-col gap-1">
        <p className="label">{label}</p>
        <div className="flex items-center justify-between gap-3 rounded-lg border border-border bg-surface-secondary py-1 pr-1 pl-3">
          <p className="min-w-0 truncate">
            <span aria-hidden="true" className="mr-2 tracking-widest">
              ••••••••
            </span>
            <span className="text-xs text-muted">{storedSince ? `Stored ${storedSince}` : 'Stored'}</span>
          </p>
          <Button size="sm" variant="ghost" onPress={() => setReplacing(true)}>
            Replace
          </Button>
        </div>
        <p className="px-1 text-xs text-muted">Sealed in the vault. It is never sent back to a browser.</p>
      </div>
    );
  }
  return (
    <Field
      name={name}
      label={label}
      type="password"
      autoComplete="new-password"
      error={error}
      required={required}
      description={
        stored
          ? 'Leave empty to keep the stored one.'
          : `${origin} It is sealed at once and never shown again.`
      }
    />
  );
}
