import { TriangleAlert } from 'lucide-react';
import type { ServiceFlow } from '@/lib/connections/types';
import { FLOWS, PASSWORD_WARNINGS } from './flow-words';

/** What is done in Salesforce for a flow, in order. */
export function SalesforceSteps({ flow }: { flow: ServiceFlow }) {
  return (
    <ol className="list-decimal space-y-1.5 pl-5 text-muted marker:text-foreground">
      {FLOWS[flow].steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}

/** Why the username-password flow is the last resort. */
export function PasswordWarnings() {
  return (
    <div className="flex gap-3 rounded-lg border border-warning/40 bg-warning-soft p-4 text-warning-soft-foreground">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
      <div>
        <p className="font-semibold">A legacy flow</p>
        <ul className="mt-1 list-disc space-y-1 pl-5">
          {PASSWORD_WARNINGS.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
