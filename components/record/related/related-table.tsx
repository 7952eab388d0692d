import Link from 'next/link';
import { recordPath } from '@/components/data-grid/hrefs';
import { FieldValue } from '@/components/record/fields/field-value';
import type { GridColumn, GridWindow } from '@/lib/records/types';

const ROWS = 10;
const COLUMNS = 6;
const AT_END = new Set<GridColumn['kind']>(['number', 'currency', 'percent', 'count']);

interface RelatedTableProps {
  window: GridWindow;
  instanceUrl: string;
  label: string;
}

/** The first rows of a related list. The name leads to the record; a list without names gets its ids. */
export function RelatedTable({ window, instanceUrl, label }: RelatedTableProps) {
  const { rows, connectionId, locale, timeZone } = window;
  const shown = window.columns.filter(({ name }) => rows.columns.includes(name)).slice(0, COLUMNS);
  const hasName = shown.some(({ isName }) => isName);
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-[0.8125rem]">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-b border-border text-start text-muted">
            {hasName ? null : <th className="py-1.5 pe-4 text-start font-medium">Id</th>}
            {shown.map(({ name, label: words, kind }) => (
              <th
                key={name}
                scope="col"
                className={`py-1.5 pe-4 font-medium whitespace-nowrap ${AT_END.has(kind) ? 'text-end' : 'text-start'}`}
              >
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.ids.slice(0, ROWS).map((id, row) => (
            <tr key={id} className="border-b border-separator last:border-0">
              {hasName ? null : (
                <td className="py-1.5 pe-4">
                  <RecordLink connectionId={connectionId} id={id} name={id} />
                </td>
              )}
              {shown.map((column) => {
                const value = rows.values[rows.columns.indexOf(column.name)]?.[row] ?? null;
                const currency = rows.currencies?.[row] ?? window.currency;
                return (
                  <td
                    key={column.name}
                    className={`max-w-72 truncate py-1.5 pe-4 ${AT_END.has(column.kind) ? 'text-end tabular-nums' : ''}`}
                  >
                    {column.isName ? (
                      <RecordLink connectionId={connectionId} id={id} name={String(value ?? id)} />
                    ) : (
                      <FieldValue
                        field={{ column, value }}
                        formats={{ connectionId, instanceUrl, locale, timeZone, currency }}
                        line
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RecordLink({ connectionId, id, name }: { connectionId: string; id: string; name: string }) {
  return (
    <Link
      href={recordPath({ connectionId }, id)}
      prefetch={false}
      className="rounded-sm font-medium text-foreground hover:underline"
    >
      {name}
    </Link>
  );
}
