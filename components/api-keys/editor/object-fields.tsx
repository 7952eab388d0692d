'use client';

import { Button } from '@heroui/react/button';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Group } from '@/components/environments/group';
import { Field } from '@/components/forms/field';
import type { ObjectRule } from '@/lib/broker/types';
import { ChoiceGroup } from '../fields/choice-group';
import { ListField } from '../fields/list-field';
import type { PolicyPart } from './fields';

const WHICH = [
  { value: 'all', label: 'Every object', description: 'As far as the Salesforce user sees it' },
  { value: 'some', label: 'Chosen objects', description: 'Whatever else a call touches is refused' },
] as const;

/** Objects, each with all of its fields or some. */
export function ObjectFields({ policy, change, errors }: PolicyPart) {
  const { objects } = policy;
  return (
    <Group title="Objects and fields">
      <ChoiceGroup
        legend="Objects"
        options={WHICH}
        value={objects === null ? 'all' : 'some'}
        error={objects === null ? errors.objects : undefined}
        onChange={(which) =>
          // What no limit of objects holds for goes with the choice of some.
          change(
            which === 'all'
              ? { objects: null }
              : { objects: [{ name: '', fields: null }], families: [], rawToken: false },
          )
        }
      />
      {objects === null ? null : (
        <ObjectRows objects={objects} error={errors.objects} onChange={(next) => change({ objects: next })} />
      )}
    </Group>
  );
}

interface ObjectRowsProps {
  objects: ObjectRule[];
  error: string | undefined;
  onChange: (objects: ObjectRule[]) => void;
}

function ObjectRows({ objects, error, onChange }: ObjectRowsProps) {
  // Rows that come and go keep what is typed in the others.
  const [keys, setKeys] = useState<number[]>([]);
  const keyed = objects.map((rule, index) => ({ rule, index, key: keys[index] ?? -1 - index }));
  const replace = (at: number, changes: Partial<ObjectRule>) =>
    onChange(objects.map((rule, index) => (index === at ? { ...rule, ...changes } : rule)));
  const remove = (at: number) => {
    setKeys(keyed.filter(({ index }) => index !== at).map(({ key }) => key));
    onChange(objects.filter((_, index) => index !== at));
  };
  const add = () => {
    setKeys([...keyed.map(({ key }) => key), Math.max(0, ...keyed.map(({ key }) => key)) + 1]);
    onChange([...objects, { name: '', fields: null }]);
  };
  return (
    <div className="space-y-3">
      <ul className="space-y-3">
        {keyed.map(({ rule, index, key }) => (
          <li
            key={key}
            className="grid items-start gap-3 rounded-lg border border-border p-3 sm:grid-cols-[13rem_1fr_auto]"
          >
            <Field
              name="object"
              label="Object"
              value={rule.name}
              maxLength={80}
              placeholder="Account"
              error={error !== undefined && rule.name.trim() === '' ? 'Write the API name.' : undefined}
              onChange={(name) => replace(index, { name: name.trim() })}
            />
            <ListField
              name="fields"
              label="Fields"
              values={rule.fields ?? []}
              placeholder="All fields"
              description="API names, separated by commas. Empty: all of them. Id is always one."
              onChange={(fields) => replace(index, { fields: fields.length === 0 ? null : fields })}
            />
            <Button
              isIconOnly
              variant="ghost"
              aria-label={`Remove ${rule.name || 'this object'}`}
              className="justify-self-end sm:mt-6"
              onPress={() => remove(index)}
            >
              <Trash2 aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
      {error ? (
        <p role="alert" className="px-1 text-xs text-danger">
          {error}
        </p>
      ) : null}
      <Button size="sm" variant="secondary" onPress={add}>
        <Plus aria-hidden="true" />
        Add an object
      </Button>
      <p className="text-xs text-muted">
        A field of a parent record, such as Owner.Name, is a field of the parent’s object: name that one, too.
      </p>
    </div>
  );
}
