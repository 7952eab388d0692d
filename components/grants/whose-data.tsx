import Link from 'next/link';
import type { ConnectionSummary } from '@/lib/connections/types';

/** Whose data a page shows: the connection, and as which Salesforce user it reads. */
export function WhoseData({ connection }: { connection: ConnectionSummary }) {
  const { id, orgName, orgId, username, service } = connection;
  return (
    <p className="min-w-0 truncate text-muted">
      <Link href={`/connections/${id}`} className="inline-link">
        {service?.name ?? orgName ?? orgId}
      </Link>{' '}
      as {username}
    </p>
  );
}
