import { EyeOff } from 'lucide-react';
import type { MissingColumn } from '@/lib/records/types';

/** Fields that one would expect and that are not there, and why. */
export function MissingFields({ missing }: { missing: readonly MissingColumn[] }) {
  if (missing.length === 0) return null;
  return (
    <details className="rounded-xl border border-border px-5 py-3">
      <summary className="flex cursor-pointer items-center gap-2 rounded-sm font-medium">
        <EyeOff aria-hidden="true" className="size-4 text-muted" />
        {missing.length === 1 ? 'One field is not shown' : `${missing.length} fields are not shown`}
      </summary>
      <ul className="mt-2 space-y-1 text-[0.8125rem] text-muted">
        {missing.map(({ name, words }) => (
          <li key={name}>{words}</li>
        ))}
      </ul>
    </details>
  );
}
