import { Info, TriangleAlert } from 'lucide-react';
import { Field } from '@/components/forms/field';
import type { PlanItem, PlanKind } from '@/lib/environments/transfer/types';
import { KIND_WORDS } from './import-words';
import { PlannedChanges } from './planned-changes';

const TONES: Record<PlanKind, string> = {
  create: 'bg-success-soft text-success-soft-foreground',
  change: 'bg-accent-soft text-accent-soft-foreground',
  unchanged: 'bg-default text-default-foreground',
  needs_secret: 'bg-warning-soft text-warning-soft-foreground',
  refused: 'bg-danger-soft text-danger-soft-foreground',
};

/** One environment of a plan: what would change, and what to know before. */
export function PlanItemCard({ item }: { item: PlanItem }) {
  const { slug, name, kind, isProduction, changes, reasons, warnings, notes, asksSecret } = item;
  return (
    <li className="rounded-lg border border-border p-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-semibold">{name}</span>
        <code className="font-mono text-xs text-muted">{slug}</code>
        <span className={`environment-badge ${TONES[kind]}`}>{KIND_WORDS[kind]}</span>
      </p>
      {isProduction && kind !== 'unchanged' && kind !== 'refused' ? (
        <p className="mt-2 flex gap-2 font-medium text-warning-soft-foreground">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          This is production: what is applied holds at once.
        </p>
      ) : null}
      <ul className="mt-2 space-y-1 empty:hidden">
        {[...reasons, ...warnings].map((sentence) => (
          <li key={sentence} className="flex gap-2 text-pretty">
            <TriangleAlert
              aria-hidden="true"
              className="mt-0.5 size-4 shrink-0 text-warning-soft-foreground"
            />
            {sentence}
          </li>
        ))}
        {notes.map((sentence) => (
          <li key={sentence} className="flex gap-2 text-pretty text-muted">
            <Info aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            {sentence}
          </li>
        ))}
      </ul>
      {kind === 'create' ? (
        <details className="mt-2">
          <summary className="w-fit cursor-pointer rounded-sm text-link">All its settings</summary>
          <PlannedChanges changes={changes} />
        </details>
      ) : changes.length > 0 ? (
        <PlannedChanges changes={changes} />
      ) : null}
      {asksSecret ? (
        <div className="mt-3 sm:max-w-md">
          <Field
            name={`secret:${slug}`}
            label={`Consumer secret of ${name}`}
            type="password"
            autoComplete="new-password"
            maxLength={512}
            description={
              kind === 'needs_secret'
                ? 'Without it, this environment is left out.'
                : 'Empty: it is entered later.'
            }
          />
        </div>
      ) : null}
    </li>
  );
}
