import Link from 'next/link';
import { externalHref, recordPath } from '@/components/data-grid/hrefs';
import { LazyRichText } from '@/components/record/lazy-rich-text';
import type { RecordField } from '@/lib/records/record/types';
import type { AddressCell, ReferenceCell } from '@/lib/records/types';
import { type FieldFormats, fieldText } from './field-text';

const LINK = 'rounded-sm text-link hover:underline';
const CHIP = 'rounded-md bg-default px-1.5 text-xs leading-5 font-medium text-default-foreground';

/** A field's value with room for all of it, as people expect its kind. `line`: as one line of a table. */
export function FieldValue({
  field,
  formats,
  line,
}: {
  field: RecordField;
  formats: FieldFormats;
  line?: boolean;
}) {
  const { column, value } = field;
  if (value === null || value === undefined || value === '') return <span className="text-muted">–</span>;
  const text = fieldText(field, formats);
  switch (column.kind) {
    case 'reference': {
      const { id, name } = value as NonNullable<ReferenceCell>;
      return (
        <Link href={recordPath(formats, id)} prefetch={false} className={LINK}>
          {name ?? id}
        </Link>
      );
    }
    case 'richText':
      return <LazyRichText html={String(value)} baseUrl={formats.instanceUrl} {...(line && { line })} />;
    case 'longText':
      return line ? text : <span className="whitespace-pre-wrap">{text}</span>;
    case 'address':
      return line ? text : <Address address={value as AddressCell} />;
    case 'picklist':
      return <span className={CHIP}>{text}</span>;
    case 'multiPicklist':
      return (
        <span className="flex flex-wrap gap-1">
          {text.split(', ').map((label) => (
            <span key={label} className={CHIP}>
              {label}
            </span>
          ))}
        </span>
      );
    case 'url':
      return <OutLink href={externalHref(String(value))}>{text}</OutLink>;
    case 'email':
      return <OutLink href={`mailto:${String(value)}`}>{text}</OutLink>;
    case 'phone':
      return <OutLink href={`tel:${String(value).replace(/[^\d+]/g, '')}`}>{text}</OutLink>;
    default:
      return text;
  }
}

function Address({ address }: { address: AddressCell }) {
  const place = [address.postalCode, address.city].filter(Boolean).join(' ');
  const lines = [address.street, place, address.state, address.country].filter(Boolean);
  return <address className="whitespace-pre-line not-italic">{lines.join('\n')}</address>;
}

function OutLink({ href, children }: { href: string | null; children: string }) {
  if (href === null) return children;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className={LINK}>
      {children}
    </a>
  );
}
