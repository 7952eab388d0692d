'use client';

import { Button } from '@heroui/react/button';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { ObjectRule } from '@/lib/broker/types';
import type { EditorOptions, PolicyPart } from '../fields';
import { ObjectRow } from './object-row';
import { useKnownNames } from './use-known-names';

interface ObjectRowsProps extends Pick<PolicyPart, 'policy'>, Pick<EditorOptions, 'knownNames'> {
  objects: ObjectRule[];
  error: string | undefined;
  onChange: (objects: ObjectRule[]) => void;
}

/** The objects of a policy, a row each. */
export function ObjectRows({ policy, knownNames, objects, error, onChange }: ObjectRowsProps) {
  // Rows that come and go keep what is typed in the others.
  const [keys, setKeys] = useState<number[]>([]);
  const { environments, connections } = policy;
  const known = useKnownNames(knownNames, { environments, connections, sobject: null });
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
          <ObjectRow
            key={key}
            rule={rule}
            places={{ environments, connections }}
            knownNames={knownNames}
            known={{
              ...known,
              names: known.names.filter(
                ({ name }) => name === rule.name || !objects.some((one) => one.name === name),
              ),
            }}
            isWrong={error !== undefined && rule.name.trim() === ''}
            onChange={(changes) => replace(index, changes)}
            onRemove={() => remove(index)}
          />
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
      <p className="text-xs text-pretty text-muted">
        {knownNames === null
          ? null
          : 'What is offered is what Orgdock has read already; write whatever else there is. '}
        A field of a parent record, such as Owner.Name, is a field of the parent’s object: name that one, too.
      </p>
    </div>
  );
}
