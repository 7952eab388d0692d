import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import type { DriftRow } from '@/lib/provisioning/drift/types';

const STATES = {
  same: { Icon: CircleCheck, label: 'As needed', className: 'text-success-soft-foreground' },
  different: { Icon: CircleX, label: 'Different', className: 'text-danger-soft-foreground' },
  unknown: { Icon: CircleHelp, label: 'Not visible', className: 'text-muted' },
} as const;

/** What the app should be beside what it is: green, red, or grey where nothing shows it. */
export function DriftTable({ rows }: { rows: DriftRow[] }) {
  return (
    <table className="block w-full text-[0.8125rem] lg:table">
      <caption className="sr-only">Settings of the app in its org</caption>
      <thead className="hidden text-left text-xs text-muted lg:table-header-group">
        <tr>
          {['Setting', 'Needed', 'In the org', 'State'].map((label) => (
            <th key={label} scope="col" className="border-b border-border px-3 py-2 font-medium first:pl-0">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block divide-y divide-separator lg:table-row-group">
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { row: DriftRow }) {
  const { id, label, want, seen, state, why, path } = row;
  const { Icon, label: words, className } = STATES[state];
  return (
    <tr data-setting={id} data-state={state} className="block py-3 lg:table-row lg:py-0">
      <th
        scope="row"
        className="block text-left font-medium lg:table-cell lg:w-2/5 lg:py-2.5 lg:pr-3 lg:align-top"
      >
        {label}
        {state === 'same' ? null : (
          <span className="mt-0.5 block font-normal text-muted">
            {why}
            <span className="mt-0.5 block text-xs break-words">{path}</span>
          </span>
        )}
      </th>
      <Cell label="Needed">{want}</Cell>
      <Cell label="In the org">{seen ?? '–'}</Cell>
      <Cell label="State">
        <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${className}`}>
          <Icon aria-hidden="true" className="size-4 shrink-0" />
          {words}
        </span>
      </Cell>
    </tr>
  );
}

function Cell({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <td className="grid grid-cols-[6.5rem_1fr] gap-x-3 py-0.5 break-words lg:table-cell lg:px-3 lg:py-2.5 lg:align-top">
      <span className="text-muted lg:hidden">{label}</span>
      <span className="min-w-0 break-words">{children}</span>
    </td>
  );
}
