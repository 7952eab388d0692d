'use client';

import { Button } from '@heroui/react/button';
import { CheckField } from '@/components/forms/check-field';
import { ChoiceField } from '@/components/forms/choice-field';
import { Field } from '@/components/forms/field';
import { PARAMETER_TYPES, type ParameterType, type QueryParameter } from '@/lib/broker/types';

interface ParameterFieldsProps {
  parameters: QueryParameter[];
  /** That stand in the query and have no type yet. */
  missing: string[];
  onChange: (parameters: QueryParameter[]) => void;
  error: string | undefined;
}

const OPTIONS = PARAMETER_TYPES.map((type) => ({ value: type, label: type }));

/** The parameters of a query: one group each, and one press for those that the query names and nobody has typed. */
export function ParameterFields({ parameters, missing, onChange, error }: ParameterFieldsProps) {
  const change = (index: number, over: Partial<QueryParameter>) =>
    onChange(parameters.map((one, place) => (place === index ? { ...one, ...over } : one)));
  const add = (name: string) =>
    onChange([...parameters, { name, type: 'string', required: true, default: null, description: '' }]);
  return (
    <fieldset aria-describedby={error ? 'parameters-error' : undefined}>
      <legend className="label mb-2">Parameters</legend>
      <input type="hidden" name="parameters" value={JSON.stringify(parameters)} />
      {parameters.length === 0 && missing.length === 0 ? (
        <p className="text-muted">None. Write :name in the query, and it appears here.</p>
      ) : null}
      <ul className="space-y-3">
        {parameters.map((parameter, index) => (
          <li key={parameter.name} className="rounded-lg border border-border p-4">
            <fieldset className="space-y-3">
              <legend className="sr-only">Parameter {parameter.name}</legend>
              <div className="flex items-center justify-between gap-3">
                <code className="font-mono text-sm font-medium">:{parameter.name}</code>
                <Button
                  size="sm"
                  variant="tertiary"
                  aria-label={`Remove ${parameter.name}`}
                  onPress={() => onChange(parameters.toSpliced(index, 1))}
                >
                  Remove
                </Button>
              </div>
              <div className="grid gap-3 sm:grid-cols-2">
                <ChoiceField
                  name={`type-${parameter.name}`}
                  label="Type"
                  options={OPTIONS}
                  value={parameter.type}
                  onChange={(type) => change(index, { type: type as ParameterType })}
                />
                <Field
                  name={`default-${parameter.name}`}
                  label="Default"
                  value={parameter.default ?? ''}
                  onChange={(text) =>
                    change(index, {
                      default: text === '' ? null : text,
                      ...(text === '' ? {} : { required: false }),
                    })
                  }
                />
              </div>
              <Field
                name={`description-${parameter.name}`}
                label="Description"
                maxLength={200}
                value={parameter.description}
                onChange={(description) => change(index, { description })}
              />
              <CheckField
                name={`required-${parameter.name}`}
                label="Required"
                checked={parameter.required}
                onChange={(required) => change(index, { required, ...(required ? { default: null } : {}) })}
              />
            </fieldset>
          </li>
        ))}
      </ul>
      {missing.length > 0 ? (
        <div className="mt-3 flex flex-wrap gap-2">
          {missing.map((name) => (
            <Button key={name} size="sm" variant="secondary" onPress={() => add(name)}>
              Add parameter {name}
            </Button>
          ))}
        </div>
      ) : null}
      {error ? (
        <p id="parameters-error" role="alert" className="mt-2 text-xs text-danger">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
