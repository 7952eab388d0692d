import { CopyField } from '@/components/forms/copy-field';
import type { Comparison as Values } from '@/lib/doctor/types';

/** Two values side by side, of which one should have been the other. */
export function Comparison({ comparison: { label, ours, theirs } }: { comparison: Values }) {
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="mb-1 text-xs font-medium text-muted">{label}</legend>
      <CopyField label={ours.name} value={ours.value} />
      <CopyField label={theirs.name} value={theirs.value} />
    </fieldset>
  );
}
