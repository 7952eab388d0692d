import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { WhoseData } from '@/components/grants/whose-data';
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
  const { environment } = connection;
  return (
    <main
      id="main"
      tabIndex={-1}
      data-environment={environment.kind}
      data-color={environment.color ?? undefined}
      className="environment-line border-t-2 outline-none"
    >
      <div className="mx-auto w-full max-w-6xl px-4 pt-4 pb-12 sm:px-6">
        <div className="mb-5 flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <EnvironmentBadge {...environment} />
          <WhoseData connection={connection} />
        </div>
        <Suspense fallback={<GridSkeleton label="the record" />}>
          <RecordLoader ctx={ctx} connection={connection} recordId={recordId} />
        </Suspense>
      </div>
    </main>
  );
}
