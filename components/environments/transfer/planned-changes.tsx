import type { PlannedChange } from '@/lib/environments/transfer/types';

/** Field by field: as it is, and as it would be. */
export function PlannedChanges({ changes }: { changes: PlannedChange[] }) {
  return (
    <div className="mt-2 overflow-x-auto">
      <table className="w-full text-left text-[0.8125rem]">
        <thead className="text-xs text-muted">
          <tr>
            {['Field', 'Is', 'Would be'].map((label) => (
              <th key={label} scope="col" className="py-1 pr-4 font-medium">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-separator">
          {changes.map(({ field, before, after }) => (
            <tr key={field}>
              <th scope="row" className="py-1.5 pr-4 align-top font-mono font-medium">
                {field}
              </th>
              <Value text={before} />
              <Value text={after} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ text }: { text: string | null }) {
  return (
    <td className="py-1.5 pr-4 align-top font-mono break-all">
      {text ?? (
        <>
          <span aria-hidden="true" className="text-muted">
            –
          </span>
          <span className="sr-only">nothing</span>
        </>
      )}
    </td>
  );
}
