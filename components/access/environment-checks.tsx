'use client';

import { EnvironmentName } from '@/components/states/environment-badge';
import type { EnvironmentChoice } from '@/lib/people/types';

interface EnvironmentChecksProps {
  choices: EnvironmentChoice[];
  legend: string;
  disabled?: boolean;
}

/** The environments that are open to chosen people, each to be ticked. */
export function EnvironmentChecks({ choices, legend, disabled = false }: EnvironmentChecksProps) {
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className="label mb-1.5">{legend}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {choices.map(({ id, name, kind, color, chosen }) => (
          <label
            key={id}
            className="flex min-w-0 cursor-pointer items-center gap-3 rounded-lg border border-border px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft has-disabled:cursor-default"
          >
            <input
              type="checkbox"
              name="environmentIds"
              value={id}
              defaultChecked={chosen}
              className="size-4 shrink-0 accent-(--accent)"
            />
            <EnvironmentName name={name} kind={kind} color={color} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
