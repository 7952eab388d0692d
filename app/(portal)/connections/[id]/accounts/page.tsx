import { Suspense } from 'react';
import { GridPage } from '@/components/shell/grid-page';
import { GridSkeleton } from '@/components/states/grid-skeleton';
import type { SearchParams } from '@/lib/soql/grid-state';
import { requireReadableConnection } from '../gate';
import { ObjectTabs } from '../object-tabs';
import { RecordGrid } from '../record-grid';

export const metadata = { title: 'Accounts' };

interface AccountsPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function AccountsPage({ params, searchParams }: AccountsPageProps) {
  const { ctx, connection } = await requireReadableConnection(params);
  return (
    <GridPage
      connection={connection}
      current="accounts"
      objects={<ObjectTabs ctx={ctx} connection={connection} current="Account" />}
    >
      <Suspense fallback={<GridSkeleton label="accounts" />}>
        <RecordGrid
          ctx={ctx}
          connection={connection}
          sobject="Account"
          label="Accounts"
          searchParams={await searchParams}
        />
      </Suspense>
    </GridPage>
  );
}
