import { X } from 'lucide-react';
import { absoluteWords, type Viewer } from '@/components/states/instant';
import type { AuditFilter } from '@/lib/audit/types';
import type { AuditUrlChange } from './use-audit-url';

interface FilterChipsProps {
  filter: AuditFilter;
  viewer: Viewer;
  set: (change: AuditUrlChange) => void;
}

/** What no list above shows: a stretch of time and a subject, each with the way out of it. */
export function FilterChips({ filter, viewer, set }: FilterChipsProps) {
  const { subject, period, from, to } = filter;
  const custom = period === 'custom';
  if (!custom && subject === null) return null;
  return (
    <ul className="flex flex-wrap gap-2" aria-label="Chosen">
      {custom ? (
        <Chip label={stretch(from, to, viewer)} onRemove={() => set({ from: null, to: null })} />
      ) : null}
      {subject === null ? null : (
        <Chip label={`Subject ${subject}`} onRemove={() => set({ subject: null })} />
      )}
    </ul>
  );
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <li className="inline-flex min-w-0 items-center gap-1 rounded-md bg-accent-soft py-0.5 pr-1 pl-2.5 text-xs text-accent-soft-foreground">
      <span className="min-w-0 break-words">{label}</span>
      <button
        type="button"
        aria-label={`Remove: ${label}`}
        onClick={onRemove}
        className="grid size-6 shrink-0 cursor-pointer place-items-center rounded hover:bg-accent-soft-hover"
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </li>
  );
}

function stretch(from: string | null, to: string | null, viewer: Viewer): string {
  const [since, until] = [from, to].map((iso) => (iso === null ? null : absoluteWords(iso, viewer)));
  if (since && until) return `${since} to ${until}`;
  return since ? `Since ${since}` : `Until ${until}`;
}
