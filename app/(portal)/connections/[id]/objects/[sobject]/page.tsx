import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { GridPage } from '@/components/shell/grid-page';
import { GridSkeleton } from '@/components/states/grid-skeleton';
import { knownPlural } from '@/lib/records/objects/queries';
import type { SearchParams } from '@/lib/soql/grid-state';
import { isFieldPath } from '@/lib/soql/identifier';
import { requireReadableConnection } from '../../gate';
import { ObjectTabs } from '../../object-tabs';
import { RecordGrid } from '../../record-grid';

interface ObjectPageProps {
  params: Promise<{ id: string; sobject: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: ObjectPageProps) {
  return { title: (await params).sobject };
}

export default async function ObjectPage({ params, searchParams }: ObjectPageProps) {
  const { ctx, connection } = await requireReadableConnection(params);
  const { sobject } = await params;
  if (!isFieldPath(sobject) || sobject.includes('.')) notFound();
  const plural = knownPlural(ctx, connection, sobject);
  return (
    <GridPage
      connection={connection}
      current={sobject}
      title={plural}
      objects={<ObjectTabs ctx={ctx} connection={connection} current={sobject} />}
    >
      <Suspense fallback={<GridSkeleton label={plural} />}>
        <RecordGrid
          ctx={ctx}
          connection={connection}
          sobject={sobject}
          label={plural}
          searchParams={await searchParams}
        />
      </Suspense>
    </GridPage>
  );
}
