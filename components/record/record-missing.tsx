import { FileQuestion } from 'lucide-react';
import { EmptyState } from '@/components/states/empty-state';
import { LinkButton } from '@/components/states/link-button';
import { SalesforceWords } from '@/components/states/problem-card';
import type { Problem } from '@/lib/errors';

/** There is no such record for this reader: deleted, hidden, or never there. */
export function RecordMissing({ problem, connectionId }: { problem: Problem; connectionId: string }) {
  return (
    <EmptyState
      Icon={FileQuestion}
      title={problem.message}
      actions={
        <LinkButton href={`/connections/${connectionId}`} variant="secondary">
          Back to the connection
        </LinkButton>
      }
    >
      <p>{problem.nextStep}</p>
      {problem.salesforce ? (
        <div className="mt-3 text-start">
          <SalesforceWords fault={problem.salesforce} />
        </div>
      ) : null}
    </EmptyState>
  );
}
