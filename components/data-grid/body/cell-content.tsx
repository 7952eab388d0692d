import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { multiPicklistLabels } from '@/lib/format/cell';
import type { GridWindow, ReferenceCell } from '@/lib/records/types';
import type { DrawnColumn } from '../columns/drawn-column';
import { externalHref, recordPath } from '../hrefs';

const LINK = 'rounded-sm text-link hover:underline';
const CHIP =
  'relative -top-px inline-block max-w-full truncate rounded-md bg-default px-1.5 align-middle text-xs leading-5 font-medium text-default-foreground';

interface CellOf {
  window: Pick<GridWindow, 'connectionId'>;
  drawn: DrawnColumn;
  /** Salesforce id of the record. */
  id: string;
  value: unknown;
  currency: string | null;
}

/** What stands in a cell. A plain function that gives plain text wherever it can: the hot path of scrolling. */
export function cellContent({ window, drawn, id, value, currency }: CellOf): ReactNode {
  const { column } = drawn;
  if (column.isName) {
    return (
      <a
        href={recordPath(window, id)}
        tabIndex={-1}
        className="rounded-sm font-medium text-foreground hover:underline"
      >
        {typeof value === 'string' && value !== '' ? value : id}
      </a>
    );
  }
  if (value === null || value === undefined || value === '') return null;
  switch (column.kind) {
    case 'reference': {
      const { id: target, name } = value as NonNullable<ReferenceCell>;
      return (
        <a href={recordPath(window, target)} tabIndex={-1} className={LINK}>
          {name ?? target}
        </a>
      );
    }
    case 'picklist':
      return <span className={CHIP}>{drawn.text(value, currency)}</span>;
    case 'multiPicklist':
      return multiPicklistLabels(String(value), drawn.labels).map((label) => (
        <span key={label} className={`${CHIP} mr-1`}>
          {label}
        </span>
      ));
    case 'boolean':
      return value === true ? (
        <Check role="img" aria-label="Yes" className="inline-block size-4" />
      ) : (
        <span className="text-muted">No</span>
      );
    case 'url':
      return <OutLink href={externalHref(String(value))}>{String(value)}</OutLink>;
    case 'email':
      return <OutLink href={`mailto:${String(value)}`}>{String(value)}</OutLink>;
    case 'phone':
      return <OutLink href={`tel:${String(value).replace(/[^\d+]/g, '')}`}>{String(value)}</OutLink>;
    default:
      return drawn.text(value, currency);
  }
}

function OutLink({ href, children }: { href: string | null; children: string }) {
  if (href === null) return children;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" tabIndex={-1} className={LINK}>
      {children}
    </a>
  );
}
