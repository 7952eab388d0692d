'use client';

import { Button } from '@heroui/react/button';
import type { ChartChoice } from '@/lib/records/charts/types';

interface ChartListProps {
  choices: ChartChoice[] | null;
  chosen: string | null;
  onChoose: (id: string) => void;
}

/** What can be drawn, and why the rest cannot. A chart is asked for with its button. */
export function ChartList({ choices, chosen, onChoose }: ChartListProps) {
  const drawable = choices?.filter(({ why }) => why === null) ?? [];
  const others = choices?.filter(({ why }) => why !== null) ?? [];
  return (
    <div className="min-w-0 flex-1 space-y-1.5">
      <fieldset className="flex flex-wrap items-center gap-1.5">
        <legend className="sr-only">Which chart. Each costs 1 API call.</legend>
        {drawable.map(({ id, title }) => (
          <Button
            key={id}
            size="sm"
            variant={id === chosen ? 'secondary' : 'ghost'}
            aria-pressed={id === chosen}
            onPress={() => onChoose(id)}
          >
            {title}
          </Button>
        ))}
        {drawable.length > 0 ? <span className="text-xs text-muted">1 API call each</span> : null}
      </fieldset>
      {choices?.length === 0 ? (
        <p className="text-sm text-muted">This object has no field that its records could be grouped by.</p>
      ) : null}
      {others.map(({ id, title, why }) => (
        <p key={id} className="text-xs text-muted">
          {title}: {why}
        </p>
      ))}
    </div>
  );
}
