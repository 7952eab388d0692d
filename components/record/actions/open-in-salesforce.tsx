'use client';

import { buttonVariants } from '@heroui/styles';
import { ExternalLink } from 'lucide-react';
import { useState, useTransition } from 'react';
import { BusyButton } from '@/components/forms/busy-button';
import { postJson } from '@/components/forms/post-json';
import { ProblemCard } from '@/components/states/problem-card';
import type { Problem } from '@/lib/errors';
import type { RecordView } from '@/lib/records/record/types';

const ICON = <ExternalLink aria-hidden="true" className="size-4" />;

const BLOCKED: Pick<Problem, 'code' | 'message' | 'nextStep' | 'salesforce'> = {
  code: 'INTERNAL',
  message: 'The browser did not open a new tab.',
  nextStep: 'Use the plain link, or allow new tabs for this portal.',
  salesforce: null,
};

/** Opens the record in Salesforce: signed in where Orgdock may do that, else by a plain link. */
export function OpenInSalesforce({ view }: { view: RecordView }) {
  const [pending, startTransition] = useTransition();
  const [problem, setProblem] = useState<typeof BLOCKED | null>(null);
  if (!view.opensSignedIn) {
    return (
      <PlainLink view={view} className={buttonVariants({ variant: 'primary', size: 'sm' })}>
        {ICON}
        Open in Salesforce
      </PlainLink>
    );
  }
  const open = () => {
    // Opened within the click, since browsers block a tab that comes later; it never learns who opened it.
    const tab = window.open('', '_blank');
    if (tab === null) {
      setProblem(BLOCKED);
      return;
    }
    tab.opener = null;
    startTransition(async () => {
      const answer = await postJson(`/api/connections/${view.connectionId}/open`, { recordId: view.id });
      if (answer.ok) tab.location.replace(String(answer.body.url));
      else tab.close();
      setProblem(answer.ok ? null : answer.problem);
    });
  };
  return (
    <>
      <BusyButton size="sm" variant="primary" busy={pending} icon={ICON} onPress={open}>
        Open in Salesforce
      </BusyButton>
      {problem ? (
        <div className="order-last w-full">
          <ProblemCard
            live
            title="Salesforce was not opened"
            problem={problem}
            actions={
              <PlainLink view={view} className="inline-link">
                Plain link to Salesforce
              </PlainLink>
            }
          />
        </div>
      ) : null}
    </>
  );
}

function PlainLink({ view, ...props }: { view: RecordView; className: string; children: React.ReactNode }) {
  return <a href={view.salesforceUrl} target="_blank" rel="noopener noreferrer" {...props} />;
}
