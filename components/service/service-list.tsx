import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Instant, type Viewer } from '@/components/states/instant';
import type { ServiceConnectionSummary } from '@/lib/connections/service/types';
import { FLOWS } from './flow-words';
import { ServiceState } from './service-state';

interface ServiceListProps {
  slug: string;
  connections: ServiceConnectionSummary[];
  viewer: Viewer;
}

/** The service connections of an environment, each a link to its page. */
export function ServiceList({ slug, connections, viewer }: ServiceListProps) {
  return (
    <ul className="divide-y divide-separator rounded-lg border border-border">
      {connections.map((connection) => (
        <li key={connection.id} className="relative flex items-center gap-4 px-4 py-3 hover:bg-row-hover">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Link
                href={`/admin/environments/${slug}/service/${connection.id}`}
                className="font-semibold after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
              >
                {connection.name}
              </Link>
              <ServiceState {...connection} />
            </p>
            <p className="mt-1 break-words text-muted">
              {connection.prepared ? 'Will run as' : 'Runs as'} {connection.runAs.username}
            </p>
            <p className="mt-1 text-xs text-muted">
              {FLOWS[connection.flow].label} · {sharedWords(connection)} ·{' '}
              <LastUsed {...{ connection, viewer }} />
            </p>
          </div>
          <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-muted" />
        </li>
      ))}
    </ul>
  );
}

function sharedWords({ sharedWithEveryone, sharedWith }: ServiceConnectionSummary): string {
  if (sharedWithEveryone) return 'Shared with everyone';
  if (sharedWith.length === 0) return 'Shared with nobody';
  return `Shared with ${sharedWith.length === 1 ? sharedWith[0]?.displayName : `${sharedWith.length} people`}`;
}

function LastUsed({ connection, viewer }: { connection: ServiceConnectionSummary; viewer: Viewer }) {
  const { lastUsedAt } = connection;
  if (!lastUsedAt) return 'Not used yet';
  return (
    <>
      Last used <Instant iso={lastUsedAt} viewer={viewer} />
    </>
  );
}
