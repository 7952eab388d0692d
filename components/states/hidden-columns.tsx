import { EyeOff } from 'lucide-react';
import type { GridWindow } from '@/lib/records/types';

/** Says which columns are missing and why, so that nobody takes a hidden field for an empty one. */
export function HiddenColumns({ window }: { window: GridWindow }) {
  if (window.hiddenColumns.length === 0) return null;
  return (
    <p className="flex items-start gap-2 rounded-lg bg-warning-soft px-3 py-2 text-[0.8125rem] text-warning-soft-foreground">
      <EyeOff aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>
        Not shown: <strong className="font-semibold">{window.hiddenColumns.join(', ')}</strong>. Field-level
        security in Salesforce hides {window.hiddenColumns.length === 1 ? 'it' : 'them'} from this user.
      </span>
    </p>
  );
}
