import { ExternalLink } from 'lucide-react';
import { CopyField } from '@/components/forms/copy-field';
import type { Diagnosis } from '@/lib/doctor/types';

/** What to do, in order, and where in Salesforce’s Setup. */
export function FixSteps({ cause }: { cause: Diagnosis['cause'] }) {
  const { fix, setup } = cause;
  return (
    <div className="rounded-lg border-l-2 border-accent bg-accent-soft px-4 py-3">
      <h3 className="text-sm font-semibold text-accent-soft-foreground">How to fix it</h3>
      <ol className="mt-1 max-w-[70ch] list-decimal space-y-1 pl-5 text-pretty marker:text-muted">
        {fix.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {setup ? (
        <div className="mt-3 space-y-2">
          <CopyField label="Click path" value={setup.path} />
          {setup.url ? (
            <a
              href={setup.url}
              target="_blank"
              rel="noreferrer"
              className="inline-flex items-center gap-1.5 rounded-sm text-link underline"
            >
              Open in Setup
              <ExternalLink aria-hidden="true" className="size-4" />
              <span className="sr-only">of Salesforce, in a new tab</span>
            </a>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
