import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { EnvironmentBadge } from '@/components/states/environment-badge';
import { GridSkeleton } from '@/components/states/grid-skeleton';
import { readRecordId } from '@/lib/records/record/schema';
import { requireReadableConnection } from '../../gate';
import { RecordLoader } from './record-loader';

export const metadata = { title: 'Record' };

interface RecordPageProps {
  params: Promise<{ id: string; recordId: string }>;
}

export default async function RecordPage({ params }: RecordPageProps) {
  const { ctx, connection } = await requireReadableConnection(params);
  const recordId = readRecordId((await params).recordId);
  if (recordId === null) notFound();
  const { environment, orgName, orgId, username, service } = connection;
  return (
    <main
      id="main"
      tabIndex={-1}
      data-environment={environment.kind}
      data-color={environment.color ?? undefined}
      className="environment-line border-t-2 outline-none"
    >
      <div className="mx-auto w-full max-w-6xl px-4 pt-4 pb-12 sm:px-6">
        <p className="mb-5 flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-muted">
          <EnvironmentBadge {...environment} />
          <span className="min-w-0 truncate">
            <Link href={`/connections/${connection.id}`} className="inline-link">
              {service?.name ?? orgName ?? orgId}
            </Link>{' '}
            as {username}
          </span>
        </p>
        <Suspense fallback={<GridSkeleton label="the record" />}>
          <RecordLoader ctx={ctx} connection={connection} recordId={recordId} />
        </Suspense>
      </div>
    </main>
  );
}
