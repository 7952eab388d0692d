import { Suspense } from 'react';
import { GridPage } from '@/components/shell/grid-page';
import { GridSkeleton } from '@/components/states/grid-skeleton';
import type { SearchParams } from '@/lib/soql/grid-state';
import { requireReadableConnection } from '../gate';
import { ObjectTabs } from '../object-tabs';
import { RecordGrid } from '../record-grid';

export const metadata = { title: 'Opportunities' };

interface OpportunitiesPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function OpportunitiesPage({ params, searchParams }: OpportunitiesPageProps) {
  const { ctx, connection } = await requireReadableConnection(params);
  return (
    <GridPage
      connection={connection}
      current="opportunities"
      objects={<ObjectTabs ctx={ctx} connection={connection} current="Opportunity" />}
    >
      <Suspense fallback={<GridSkeleton label="opportunities" />}>
        <RecordGrid
          ctx={ctx}
          connection={connection}
          sobject="Opportunity"
          label="Opportunities"
          searchParams={await searchParams}
        />
      </Suspense>
    </GridPage>
  );
}
