import type { Chart, ChartGroup } from '@/lib/records/charts/types';
import { valueInWords } from './chart-words';

interface ChartTableProps {
  chart: Chart;
  locale: string;
  /** False: for screen readers only, and no stop of the Tab key. */
  visible: boolean;
  onChoose: (group: ChartGroup) => void;
}

/** Everything that a chart draws, as a table whose rows filter the grid. */
export function ChartTable({ chart, locale, visible, onChoose }: ChartTableProps) {
  const { title, groupLabel, measures, groups, currency } = chart;
  return (
    <div className={visible ? 'mt-2 overflow-x-auto' : 'sr-only'}>
      <table className="w-full text-left text-[0.8125rem]">
        <caption className="sr-only">{title}</caption>
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="py-1 pr-4 font-medium">
              {groupLabel}
            </th>
            {measures.map(({ name, label }) => (
              <th key={name} scope="col" className="py-1 pl-4 text-right font-medium">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-separator">
          {groups.map((group, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two groups may have the same label, and none moves.
            <tr key={row}>
              <th scope="row" className="py-1 pr-4 font-normal">
                {group.conditions === null ? (
                  group.label
                ) : (
                  <button
                    type="button"
                    tabIndex={visible ? 0 : -1}
                    className="inline-link cursor-pointer text-left"
                    onClick={() => onChoose(group)}
                  >
                    {group.label}
                    <span className="sr-only">, filter the list by it</span>
                  </button>
                )}
              </th>
              {measures.map((measure, index) => (
                <td key={measure.name} className="py-1 pl-4 text-right whitespace-nowrap tabular-nums">
                  {valueInWords(group.values[index] ?? null, measure, { currency, locale })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
