import { Check, ExternalLink } from 'lucide-react';
import { formatCell } from '@/lib/format/cell';
import type { GridColumn, GridWindow, ReferenceCell } from '@/lib/records/types';
import { externalHref, recordHref, referenceHref } from './hrefs';

interface CellProps {
  window: GridWindow;
  column: GridColumn;
  /** Index of the row in the window. */
  row: number;
  value: unknown;
}

/** One value, shown as people expect its kind. The kind comes from describe, never from the value. */
export function Cell({ window, column, row, value }: CellProps) {
  if (column.isName) {
    return (
      <SalesforceLink href={recordHref(window, row)} strong>
        {typeof value === 'string' && value !== '' ? value : (window.ids[row] ?? '')}
      </SalesforceLink>
    );
  }
  if (value === null || value === '') return <span className="sr-only">Empty</span>;
  switch (column.kind) {
    case 'reference': {
      const reference = value as NonNullable<ReferenceCell>;
      return (
        <SalesforceLink href={referenceHref(window, reference.id)}>
          {reference.name ?? reference.id}
        </SalesforceLink>
      );
    }
    case 'picklist':
      return (
        <span className="flex gap-1">
          {String(value)
            .split(';')
            .map((choice) => (
              <span
                key={choice}
                className="min-w-0 truncate rounded-md bg-default px-1.5 py-px text-xs leading-5 font-medium text-default-foreground"
              >
                {choice}
              </span>
            ))}
        </span>
      );
    case 'boolean':
      return value ? (
        <>
          <Check aria-hidden="true" className="size-4" />
          <span className="sr-only">Yes</span>
        </>
      ) : (
        <span className="text-muted">No</span>
      );
    case 'url':
      return <PlainLink href={externalHref(String(value))}>{String(value)}</PlainLink>;
    case 'email':
      return <PlainLink href={`mailto:${String(value)}`}>{String(value)}</PlainLink>;
    case 'phone':
      return <PlainLink href={`tel:${String(value).replace(/[^\d+]/g, '')}`}>{String(value)}</PlainLink>;
    default:
      return formatCell(column.kind, value, {
        locale: window.locale,
        timeZone: window.timeZone,
        currency: window.currencies?.[row] ?? window.currency,
        scale: column.scale,
      });
  }
}

function SalesforceLink({ href, strong, children }: { href: string; strong?: boolean; children: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className={`group/link inline-flex max-w-full items-center gap-1 rounded-sm hover:underline ${strong ? 'font-medium text-foreground' : 'text-link'}`}
    >
      <span className="truncate">{children}</span>
      <ExternalLink
        aria-hidden="true"
        className="size-3.5 shrink-0 text-muted opacity-0 group-hover/link:opacity-100 group-focus-visible/link:opacity-100"
      />
      <span className="sr-only"> (opens in Salesforce)</span>
    </a>
  );
}

function PlainLink({ href, children }: { href: string | null; children: string }) {
  if (href === null) return children;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className="text-link hover:underline">
      {children}
    </a>
  );
}
