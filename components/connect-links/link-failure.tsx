import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { ConsentButton } from '@/components/consent/consent-button';
import { CopyField } from '@/components/forms/copy-field';
import { EnvironmentName } from '@/components/states/environment-badge';
import { absoluteWords } from '@/components/states/instant';
import type { ConsentFailure } from '@/lib/consent/types';

interface LinkFailureProps {
  failure: ConsentFailure;
  /** Whether only a Salesforce administrator can help. */
  needsApproval: boolean;
  /** The Doctor’s panel; null: the link itself has ended. */
  doctor: ReactNode;
}

/** Why a consent by a connect link failed, in words for somebody who has no account here. */
export function LinkFailure({ failure, needsApproval, doctor }: LinkFailureProps) {
  const { environment, problem, at } = failure;
  return (
    <div className="space-y-6" data-code={problem.code}>
      <div>
        {environment ? (
          <p className="mb-4">
            <EnvironmentName {...environment} />
          </p>
        ) : null}
        <h1 className="text-xl font-semibold tracking-tight">Nothing was connected</h1>
        <p className="mt-2">{problem.message}</p>
        {doctor === null && problem.nextStep ? <p className="mt-2 text-muted">{problem.nextStep}</p> : null}
      </div>
      {doctor}
      {Object.entries(problem.details).map(([label, value]) => (
        <CopyField key={label} label={label} value={value} />
      ))}
      {needsApproval ? (
        <p className="rounded-lg border-l-2 border-accent bg-accent-soft px-4 py-3">
          Only a Salesforce administrator of your org can let the app in. Send them this page’s words, and
          open your link again when they are done: it still works until it expires.
        </p>
      ) : null}
      {doctor === null ? null : (
        <ConsentButton
          request={{ failure: failure.id }}
          variant="primary"
          icon={<RotateCw aria-hidden="true" />}
        >
          Try again
        </ConsentButton>
      )}
      <p className="border-t border-separator pt-4 text-xs text-muted">
        {absoluteWords(at, { locale: 'en-GB', timeZone: 'UTC' })} · {problem.code} · {failure.id}
      </p>
    </div>
  );
}
