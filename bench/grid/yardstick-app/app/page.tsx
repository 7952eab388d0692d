import { type RowSource, readRows } from '../read-rows';

export const dynamic = 'force-dynamic';

/** The rows as server-component markup, and nothing else. */
export default async function MarkupPage() {
  const source = JSON.parse(process.env.BENCH_SETTINGS ?? '{}') as RowSource;
  const rows = await readRows(source);
  return (
    <table>
      <thead>
        <tr>
          {source.columns.map((column) => (
            <th key={column}>{column}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of one answer never move
          <tr key={at}>
            {cells.map((cell, column) => (
              <td key={source.columns[column]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
