'use client';

import { useState } from 'react';
import { Group } from '@/components/environments/group';
import { TimeFields } from '@/components/environments/reading-hours/time-fields';
import { CheckField } from '@/components/forms/check-field';
import { Field } from '@/components/forms/field';
import type { KeyPolicy } from '@/lib/broker/types';
import { ListField } from '../fields/list-field';
import type { EditorOptions, PolicyPart } from './fields';

const AMOUNTS = [
  { name: 'rowsPerCall', label: 'Rows a call' },
  { name: 'rowsPerDay', label: 'Rows a day' },
  { name: 'callsPerDay', label: 'Calls a day' },
] as const satisfies ReadonlyArray<{ name: keyof KeyPolicy; label: string }>;

type LimitFieldsProps = PolicyPart & Pick<EditorOptions, 'timeZones' | 'timeZone' | 'ownAddress'>;

/** How much, when, and from where. */
export function LimitFields(props: LimitFieldsProps) {
  const { policy, change, errors, timeZones, timeZone, ownAddress } = props;
  const { hours, addresses } = policy;
  const [kept, setKept] = useState<NonNullable<KeyPolicy['hours']>>(
    hours ?? { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', timeZone },
  );
  return (
    <Group title="How much, when and from where">
      <div className="grid gap-4 sm:grid-cols-3">
        {AMOUNTS.map(({ name, label }) => (
          <Field
            key={name}
            name={name}
            label={label}
            value={policy[name]?.toString() ?? ''}
            maxLength={9}
            placeholder="No limit"
            error={errors[name]}
            onChange={(text) => change({ [name]: readAmount(text) })}
          />
        ))}
      </div>
      <p className="px-1 text-xs text-muted">
        Rows that a call gives or writes. Days are those of UTC; nothing is given beyond a limit.
      </p>
      <CheckField
        name="hasHours"
        label="Works at certain hours only"
        checked={hours !== null}
        onChange={(on) => change({ hours: on ? kept : null })}
      />
      {hours === null ? null : (
        <TimeFields
          hours={hours}
          timeZones={timeZones}
          error={errors.hours}
          onChange={(next) => {
            setKept(next);
            change({ hours: next });
          }}
        />
      )}
      <CheckField
        name="hasAddresses"
        label="Works from certain addresses only"
        checked={addresses !== null}
        onChange={(on) => change({ addresses: on ? [] : null })}
      />
      {addresses === null ? null : (
        <ListField
          name="addresses"
          label="Addresses"
          values={addresses}
          placeholder="203.0.113.7, 10.0.0.0/8, 2001:db8::/32"
          error={errors.addresses}
          description={`Addresses or CIDR ranges, separated by commas.${ownAddress ? ` Yours is ${ownAddress} now.` : ''}`}
          onChange={(next) => change({ addresses: next })}
        />
      )}
    </Group>
  );
}

/** Digits only: what is no number must never come out as “no limit”. */
function readAmount(text: string): number | null {
  const digits = text.replace(/\D/g, '');
  return digits === '' ? null : Number(digits);
}
