'use client';

import { useState } from 'react';
import { Field } from '@/components/forms/field';
import { LEAST_SCOPES, readScopes, SCOPES, warningsOf } from './scopes';

const HELP =
  'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_tokens_scopes.htm&type=5';

/** The scopes of an app: typed, or chosen from all that there are; what is wrong or too much is said. */
export function ScopesField({ defaultValue, error }: { defaultValue: string; error: string | undefined }) {
  const [text, setText] = useState(defaultValue);
  const chosen = readScopes(text);
  const toggle = (name: string, wanted: boolean) => {
    const rest = chosen.filter((one) => one !== name);
    setText((wanted ? [...rest, name] : rest).join(' '));
  };
  return (
    <div className="space-y-2">
      <Field
        name="scopes"
        label="Scopes"
        value={text}
        onChange={setText}
        error={error}
        description="Separated by spaces or commas. Scopes decide what Orgdock can reach in the user’s name; it is never more than the user may."
      />
      {warningsOf(chosen).map((warning) => (
        <p key={warning} className="px-1 text-sm text-warning-soft-foreground">
          {warning}
        </p>
      ))}
      <details className="rounded-lg border border-border px-4 py-2">
        <summary className="cursor-pointer">All scopes, and what they mean</summary>
        <p className="mt-2 text-muted">
          The app’s settings in Salesforce must hold the same.{' '}
          <button
            type="button"
            className="cursor-pointer text-link underline"
            onClick={() => setText(LEAST_SCOPES.join(' '))}
          >
            Take what Orgdock needs
          </button>
          , or read{' '}
          <a href={HELP} target="_blank" rel="noreferrer" className="text-link underline">
            Salesforce’s page about scopes
          </a>
          .
        </p>
        <ul className="mt-2 grid gap-x-6 gap-y-2 sm:grid-cols-2">
          {SCOPES.map(({ name, label, gives }) => (
            <li key={name}>
              <label className="flex cursor-pointer gap-2">
                <input
                  type="checkbox"
                  checked={chosen.includes(name)}
                  onChange={(event) => toggle(name, event.target.checked)}
                  className="mt-1 size-4 shrink-0 accent-(--accent)"
                />
                <span>
                  <span className="font-mono text-sm">{name}</span> {label}.{' '}
                  <span className="text-muted">{gives}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
