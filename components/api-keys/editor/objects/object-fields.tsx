'use client';

import { Group } from '@/components/environments/group';
import { ChoiceGroup } from '../../fields/choice-group';
import type { EditorOptions, PolicyPart } from '../fields';
import { ObjectRows } from './object-rows';

const WHICH = [
  { value: 'all', label: 'Every object', description: 'As far as the Salesforce user sees it' },
  { value: 'some', label: 'Chosen objects', description: 'Whatever else a call touches is refused' },
] as const;

/** Objects, each with all of its fields or some. */
export function ObjectFields({
  policy,
  change,
  errors,
  knownNames,
}: PolicyPart & Pick<EditorOptions, 'knownNames'>) {
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
        <ObjectRows
          policy={policy}
          knownNames={knownNames}
          objects={objects}
          error={errors.objects}
          onChange={(next) => change({ objects: next })}
        />
      )}
    </Group>
  );
}
