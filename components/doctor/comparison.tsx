import { CopyField } from '@/components/forms/copy-field';
import type { Comparison as Values } from '@/lib/doctor/types';

/** Two values side by side, of which one should have been the other. */
export function Comparison({ comparison: { label, ours, theirs } }: { comparison: Values }) {
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="mb-1 text-xs font-medium text-muted">{label}</legend>
      <CopyField label={ours.name} value={ours.value} />
      {theirs.values === null ? (
        <div>
          <p className="text-xs font-medium text-muted">{theirs.name}</p>
          <p className="mt-1">{theirs.hint}</p>
        </div>
      ) : (
        <div className="space-y-3">
          {theirs.values.map((value) => (
            <CopyField key={value} label={theirs.name} value={value} />
          ))}
        </div>
      )}
    </fieldset>
  );
}
