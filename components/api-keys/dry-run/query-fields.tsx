'use client';

import { useState } from 'react';
import { ChoiceField } from '@/components/forms/choice-field';
import { Field } from '@/components/forms/field';
import type { DryRunForm, TriedQuery } from '@/lib/broker/dry-run/types';
import type { QueryParameter } from '@/lib/broker/types';

interface QueryFieldsProps {
  begin: DryRunForm;
  queries: readonly TriedQuery[];
  errors: Record<string, string | undefined>;
}

/** Which named query, and its parameters. */
export function QueryFields({ begin, queries, errors }: QueryFieldsProps) {
  const [name, setName] = useState(
    queries.find((one) => one.name === begin.query)?.name ?? queries[0]?.name ?? '',
  );
  const query = queries.find((one) => one.name === name);
  return (
    <div className="space-y-4">
      <ChoiceField
        name="query"
        label="Named query"
        options={queries.map((one) => ({
          value: one.name,
          label: one.enabled ? one.name : `${one.name} (switched off)`,
        }))}
        value={name}
        onChange={setName}
        description={query?.description}
        error={errors.query}
      />
      {query && query.parameters.length > 0 ? (
        <fieldset>
          <legend className="label mb-1.5">Parameters</legend>
          <div className="grid gap-4 sm:grid-cols-2">
            {query.parameters.map((parameter) => (
              <Field
                key={`${name} ${parameter.name}`}
                name={`value.${parameter.name}`}
                label={parameter.name}
                maxLength={8_000}
                placeholder={parameter.default ?? (parameter.required ? '' : 'Not said')}
                description={inWords(parameter)}
              />
            ))}
          </div>
        </fieldset>
      ) : null}
    </div>
  );
}

function inWords({ type, required, description }: QueryParameter): string {
  return [`${type}, ${required ? 'required' : 'optional'}`, description].filter(Boolean).join('. ');
}
