'use client';

import { inputVariants } from '@heroui/styles';
import { type ComponentProps, useId, useState } from 'react';
import { ChoiceField } from '@/components/forms/choice-field';
import { Field } from '@/components/forms/field';
import type { DryRunForm, TriedQuery } from '@/lib/broker/dry-run/types';
import { ChoiceGroup } from '../fields/choice-group';
import { QueryFields } from './query-fields';

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'].map((value) => ({ value, label: value }));

interface CallFieldsProps {
  begin: DryRunForm;
  queries: readonly TriedQuery[];
  errors: Record<string, string | undefined>;
}

/** What is called: a query, any request as Salesforce documents it, or a named query. */
export function CallFields({ begin, queries, errors }: CallFieldsProps) {
  const [kind, setKind] = useState(begin.kind);
  const [method, setMethod] = useState(begin.method);
  return (
    <div className="space-y-4">
      <input type="hidden" name="kind" value={kind} />
      <ChoiceGroup
        legend="What to try"
        options={[
          { value: 'soql', label: 'A query', description: 'SOQL, by any way that runs one' },
          {
            value: 'request',
            label: 'A request',
            description: 'Method and path as Salesforce documents them',
          },
          {
            value: 'named_query',
            label: 'A named query',
            description: 'GET /api/v1/queries/<name>/run',
          },
        ]}
        value={kind}
        onChange={setKind}
      />
      {kind === 'named_query' ? <QueryFields begin={begin} queries={queries} errors={errors} /> : null}
      {kind === 'soql' ? (
        <TextArea
          name="soql"
          label="SOQL"
          rows={4}
          defaultValue={begin.soql || 'SELECT Id, Name, Owner.Name FROM Account LIMIT 10'}
          error={errors.soql}
        />
      ) : null}
      {kind === 'request' ? (
        <>
          <div className="grid gap-4 sm:grid-cols-[8rem_1fr]">
            <ChoiceField name="method" label="Method" options={METHODS} value={method} onChange={setMethod} />
            <Field
              name="path"
              label="Path"
              defaultValue={begin.path || '/services/data/v66.0/sobjects/Account/describe'}
              maxLength={8_000}
              error={errors.path}
            />
          </div>
          {method === 'GET' ? null : (
            <TextArea
              name="body"
              label="Body (JSON)"
              rows={5}
              defaultValue={begin.body}
              error={errors.body}
            />
          )}
        </>
      ) : null}
    </div>
  );
}

interface TextAreaProps extends ComponentProps<'textarea'> {
  label: string;
  error: string | undefined;
}

function TextArea({ label, error, ...props }: TextAreaProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="label">
        {label}
      </label>
      <textarea
        {...props}
        id={id}
        spellCheck={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        className={inputVariants({ className: 'w-full py-2 font-mono text-sm' })}
      />
      {error ? (
        <p id={`${id}-error`} className="px-1 text-xs text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}
