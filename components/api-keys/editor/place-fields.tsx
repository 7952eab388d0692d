'use client';

import { Group } from '@/components/environments/group';
import { EnvironmentName } from '@/components/states/environment-badge';
import { CheckList } from '../fields/check-list';
import { ChoiceGroup } from '../fields/choice-group';
import type { EditorOptions, PolicyPart } from './fields';

const PLACES = [
  {
    value: 'all',
    label: 'Everywhere',
    description: 'Every connection that its owner may read, later ones too',
  },
  {
    value: 'environments',
    label: 'In chosen environments',
    description: 'Every connection of the owner there',
  },
  {
    value: 'connections',
    label: 'Through chosen connections',
    description: 'With exactly one, unmodified Salesforce clients work, too',
  },
] as const;

type Place = (typeof PLACES)[number]['value'];

/** In which environments, or through which connections. */
export function PlaceFields({
  policy,
  change,
  errors,
  choices,
}: PolicyPart & Pick<EditorOptions, 'choices'>) {
  const { environments, connections } = policy;
  const place: Place = connections !== null ? 'connections' : environments !== null ? 'environments' : 'all';
  return (
    <Group title="Where">
      <ChoiceGroup
        legend="Environments and connections"
        options={PLACES}
        value={place}
        onChange={(next) =>
          change({
            environments: next === 'environments' ? [] : null,
            connections: next === 'connections' ? [] : null,
          })
        }
      />
      {environments === null ? null : (
        <CheckList
          legend="Environments"
          options={choices.environments.map(({ id, name, kind, color }) => ({
            value: id,
            label: <EnvironmentName name={name} kind={kind} color={color} />,
          }))}
          none="There is no environment that the owner may use."
          chosen={environments}
          error={errors.environments}
          onChange={(chosen) => change({ environments: chosen })}
        />
      )}
      {connections === null ? null : (
        <CheckList
          legend="Connections"
          options={choices.connections.map(({ id, label, alias }) => ({
            value: id,
            label,
            ...(alias === null ? {} : { description: alias }),
          }))}
          none="There is no connection that the owner may read. Connect an org first."
          chosen={connections}
          error={errors.connections}
          onChange={(chosen) => change({ connections: chosen })}
        />
      )}
    </Group>
  );
}
