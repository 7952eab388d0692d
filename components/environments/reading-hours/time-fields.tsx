'use client';

import { inputVariants } from '@heroui/styles';
import { useId } from 'react';
import type { ReadingHours } from '@/lib/environments/types';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

interface TimeFieldsProps {
  hours: ReadingHours;
  timeZones: string[];
  onChange: (hours: ReadingHours) => void;
  error: string | undefined;
}

/** Days, times and the zone in which they hold. */
export function TimeFields({ hours, timeZones, onChange, error }: TimeFieldsProps) {
  const { days, from, to, timeZone } = hours;
  const id = useId();
  const zones = timeZones.includes(timeZone) ? timeZones : [timeZone, ...timeZones];
  const toggle = (day: number, on: boolean) =>
    onChange({ ...hours, days: on ? [...days, day].sort() : days.filter((one) => one !== day) });
  return (
    <div className="space-y-4">
      <fieldset
        className="flex flex-wrap gap-x-4 gap-y-2"
        aria-describedby={error ? `${id}-error` : undefined}
      >
        <legend className="label mb-1">Days</legend>
        {DAYS.map((name, index) => (
          <label key={name} className="inline-flex cursor-pointer items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={days.includes(index + 1)}
              aria-invalid={error && days.length === 0 ? true : undefined}
              onChange={({ target }) => toggle(index + 1, target.checked)}
              className="size-4 accent-(--accent)"
            />
            {name}
          </label>
        ))}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-3">
        <TimeField label="From" value={from} onChange={(value) => onChange({ ...hours, from: value })} />
        <TimeField label="To" value={to} onChange={(value) => onChange({ ...hours, to: value })} />
        <div className="flex flex-col gap-1">
          <label htmlFor={`${id}-zone`} className="label">
            Time zone
          </label>
          <select
            id={`${id}-zone`}
            value={timeZone}
            onChange={({ target }) => onChange({ ...hours, timeZone: target.value })}
            className={inputVariants({ className: 'h-[2.375rem] w-full' })}
          >
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
        </div>
      </div>
      <p className="px-1 text-xs text-muted">
        {from === to
          ? 'The same time twice means the whole day.'
          : to < from
            ? `Ends at ${to} on the next day.`
            : `From ${from}, and no more at ${to}.`}
      </p>
      {error ? (
        <p id={`${id}-error`} className="px-1 text-xs text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}

function TimeField(props: { label: string; value: string; onChange: (value: string) => void }) {
  const { label, value, onChange } = props;
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="label">
        {label}
      </label>
      <input
        id={id}
        type="time"
        required
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={inputVariants({ className: 'h-[2.375rem] w-full' })}
      />
    </div>
  );
}
