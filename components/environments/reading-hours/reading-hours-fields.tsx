'use client';

import { useState } from 'react';
import { Group } from '@/components/environments/group';
import type { ReadingHours } from '@/lib/environments/types';
import { TimeFields } from './time-fields';

export interface ReadingHoursValues {
  /** Null: at any time. */
  stored: ReadingHours | null;
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
  error,
}: ReadingHoursValues & { error: string | undefined }) {
  const [on, setOn] = useState(stored !== null);
  const [hours, setHours] = useState<ReadingHours>(
    stored ?? { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', timeZone },
  );
  return (
    <Group title="6. Reading hours">
      <p className="text-muted">
        Reading through this environment outside these hours raises an alert for administrators and tells the
        owner of the connection, once a day. Nothing is blocked.
      </p>
      <input type="hidden" name="readingHours" value={on ? JSON.stringify(hours) : ''} />
      <label className="flex cursor-pointer items-start gap-3 text-sm font-medium">
        <input
          type="checkbox"
          checked={on}
          onChange={({ target }) => setOn(target.checked)}
          className="mt-0.5 size-4 shrink-0 accent-(--accent)"
        />
        Raise an alert when records are read outside certain hours
      </label>
      {on ? <TimeFields hours={hours} timeZones={timeZones} onChange={setHours} error={error} /> : null}
    </Group>
  );
}
