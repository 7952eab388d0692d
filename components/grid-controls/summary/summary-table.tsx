import type { GridSummary } from '@/lib/records/summary/types';
import { SUMMARY_HEADINGS, summaryCells } from './summary-words';

interface SummaryTableProps {
  summary: GridSummary;
  reader: { locale: string; timeZone: string };
}

/** Column by column: how many values, their sum and average, the least and the greatest. */
export function SummaryTable({ summary: { columns, currency }, reader }: SummaryTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
    <div className="overflow-x-auto" tabIndex={0}>
      <table className="w-full text-left text-[0.8125rem]">
        <thead className="text-xs text-muted">
          <tr>
            {SUMMARY_HEADINGS.map((heading, index) => (
              <th
                key={heading}
                scope="col"
                className={`py-1 font-medium ${index === 0 ? 'pr-4' : 'pl-4 text-right'}`}
              >
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-separator">
          {columns.map((column) => (
            <tr key={column.name}>
              <th scope="row" className="py-1.5 pr-4 font-medium">
                {column.label}
              </th>
              {summaryCells(column, currency, reader).map((text, index) => (
                <td
                  key={SUMMARY_HEADINGS[index + 1]}
                  className="py-1.5 pl-4 text-right whitespace-nowrap tabular-nums"
                >
                  {text === '' ? (
                    <span aria-hidden="true" className="text-muted">
                      –
                    </span>
                  ) : (
                    text
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
