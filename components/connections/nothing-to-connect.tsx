import { View } from 'lucide-react';
import { EmptyState } from '@/components/states/empty-state';
import { LinkButton } from '@/components/states/link-button';

/** What an auditor sees in place of connections. */
export function NothingToConnect() {
  return (
    <EmptyState
      Icon={View}
      title="Auditors connect no orgs"
      actions={
        <LinkButton href="/admin/connections" variant="primary">
          All connections
        </LinkButton>
      }
    >
      You see who holds which grant and what was done with it, and no records.
    </EmptyState>
  );
}
