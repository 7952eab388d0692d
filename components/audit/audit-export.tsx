import { buttonVariants } from '@heroui/styles';
import { Download } from 'lucide-react';
import type { AuditFilter } from '@/lib/audit/types';
import { auditQuery } from './audit-href';

const FORMATS = [
  ['csv', 'CSV'],
  ['jsonl', 'JSON lines'],
] as const;

/** Takes the filtered entries out as a file; that it was done is in the log. */
export function AuditExport({ filter }: { filter: AuditFilter }) {
  return FORMATS.map(([format, label]) => (
    <form
      key={format}
      method="post"
      action={`/api/audit/export?${auditQuery(filter, { before: null })}&format=${format}`}
    >
      <button type="submit" className={buttonVariants({ variant: 'secondary' })}>
        <Download aria-hidden="true" />
        Export {label}
      </button>
    </form>
  ));
}
