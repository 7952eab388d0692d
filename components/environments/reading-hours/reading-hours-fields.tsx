'use client';

import { useState } from 'react';
import { Group } from '@/components/environments/group';
import { ChoiceField } from '@/components/forms/choice-field';
import type { OutsideHours, ReadingHours } from '@/lib/environments/types';
import { OUTSIDE_HOURS } from '../choices';
import type { FieldErrors } from '../form/form-values';
import { TimeFields } from './time-fields';

export interface ReadingHoursValues {
  /** Null: at any time. */
  stored: ReadingHours | null;
  outside: OutsideHours;
  /** Every zone that the server knows. */
  timeZones: string[];
  /** What a first choice begins with. */
  timeZone: string;
}

/** When reading is expected. Off until somebody says so; sent as one value, so that a half-filled one is an error. */
export function ReadingHoursFields({
  stored,
  timeZones,
  timeZone,
  outside,
  errors,
}: ReadingHoursValues & { errors: FieldErrors }) {
  const [on, setOn] = useState(stored !== null);
  const [hours, setHours] = useState<ReadingHours>(
    stored ?? { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', timeZone },
  );
  return (
    <Group title="6. Reading hours">
      <input type="hidden" name="readingHours" value={on ? JSON.stringify(hours) : ''} />
      <label className="flex cursor-pointer items-start gap-3 text-sm font-medium">
        <input
          type="checkbox"
          checked={on}
          onChange={({ target }) => setOn(target.checked)}
          className="mt-0.5 size-4 shrink-0 accent-(--accent)"
        />
        Has reading hours
      </label>
      {on ? (
        <TimeFields hours={hours} timeZones={timeZones} onChange={setHours} error={errors.readingHours} />
      ) : null}
      <div hidden={!on}>
        <ChoiceField
          name="outsideHours"
          label="Reading outside of them"
          options={OUTSIDE_HOURS}
          defaultValue={outside}
          error={errors.outsideHours}
          description="An alert goes to the administrators and to the owner of the connection, once a day, and nothing is blocked."
        />
      </div>
    </Group>
  );
}
