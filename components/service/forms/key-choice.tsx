'use client';

import { useId, useState } from 'react';
import { TextAreaField } from './text-area-field';

/** Where a key can come from. */
export type KeySource = 'make' | 'shared' | 'current' | 'own';

const WORDS: Record<KeySource, { label: string; description: string }> = {
  make: {
    label: 'Let Orgdock make a key pair',
    description: 'You get the certificate to upload. The private key is sealed and never shown.',
  },
  shared: {
    label: 'Use the key that the app has already',
    description: 'An app in Salesforce holds one certificate, so its connections share one key.',
  },
  current: { label: 'Keep the key', description: 'Tries it again, also with another username.' },
  own: {
    label: 'Bring a private key',
    description: 'Its certificate must be in the app already.',
  },
};

interface KeyChoiceProps {
  sources: readonly KeySource[];
  errors: Record<string, string | undefined>;
}

/** Chooses the key that signs; a key of one's own is pasted. */
export function KeyChoice({ sources, errors }: KeyChoiceProps) {
  const id = useId();
  const [chosen, setChosen] = useState<KeySource>(sources[0] ?? 'own');
  return (
    <fieldset aria-describedby={errors.key ? `${id}-error` : undefined} className="min-w-0 space-y-3">
      <legend className="label float-left mb-2 w-full">Key</legend>
      <div className="clear-both space-y-3">
        {sources.map((source) => (
          <div key={source} className="flex gap-3">
            <input
              id={`${id}-${source}`}
              type="radio"
              name="key"
              value={source}
              checked={chosen === source}
              onChange={() => setChosen(source)}
              aria-describedby={`${id}-${source}-help`}
              className="mt-0.5 size-4 shrink-0 cursor-pointer accent-(--accent)"
            />
            <div>
              <label htmlFor={`${id}-${source}`} className="cursor-pointer text-sm font-medium">
                {WORDS[source].label}
              </label>
              <p id={`${id}-${source}-help`} className="text-xs text-muted">
                {WORDS[source].description}
              </p>
            </div>
          </div>
        ))}
        {errors.key ? (
          <p id={`${id}-error`} className="text-xs text-danger">
            {errors.key}
          </p>
        ) : null}
        {chosen === 'own' ? (
          <TextAreaField
            name="privateKey"
            label="Private key"
            error={errors.privateKey}
            placeholder="-----BEGIN PRIVATE KEY-----"
            description="RSA, PEM, without a passphrase. Paste the certificate along with it if you have it. Sealed in the vault; never sent back to a browser."
          />
        ) : null}
      </div>
    </fieldset>
  );
}
