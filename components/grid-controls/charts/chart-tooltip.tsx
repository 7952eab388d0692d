import type { ChartMeasure } from '@/lib/records/charts/types';
import { valueInWords } from './chart-words';

interface ChartTooltipProps {
  measures: readonly ChartMeasure[];
  words: { currency: string | null; locale: string };
  /** Given by the chart. */
  active?: boolean;
  payload?: ReadonlyArray<{ payload?: Record<string, unknown> }>;
}

/** What is under the pointer, with whole values. */
export function ChartTooltip({ measures, words, active, payload }: ChartTooltipProps) {
  const values = payload?.[0]?.payload;
  if (!active || !values) return null;
  return (
    <div className="rounded-lg border border-border bg-overlay px-3 py-2 text-xs text-foreground shadow-overlay">
      <p className="font-semibold">{String(values.label)}</p>
      {measures.map((measure) => {
        const value = values[measure.name];
        return (
          <p key={measure.name} className="flex justify-between gap-4 tabular-nums">
            <span className="text-muted">{measure.label}</span>
            {valueInWords(typeof value === 'number' ? value : null, measure, words)}
          </p>
        );
      })}
    </div>
  );
}
