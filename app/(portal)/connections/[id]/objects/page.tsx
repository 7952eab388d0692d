import { Suspense } from 'react';
import { GridPage } from '@/components/shell/grid-page';
import { GridSkeleton } from '@/components/states/grid-skeleton';
import { requireReadableConnection } from '../gate';
import { ObjectTabs } from '../object-tabs';
import { ObjectChoice } from './object-choice';

export const metadata = { title: 'Objects' };

interface ObjectsPageProps {
  params: Promise<{ id: string }>;
}

/** Every object that the connection's Salesforce user may query. */
export default async function ObjectsPage({ params }: ObjectsPageProps) {
  const { ctx, connection } = await requireReadableConnection(params);
  return (
    <GridPage
      connection={connection}
      current="objects"
      title="Objects"
      objects={<ObjectTabs ctx={ctx} connection={connection} current="objects" />}
    >
      <Suspense fallback={<GridSkeleton label="objects" />}>
        <ObjectChoice ctx={ctx} connection={connection} />
      </Suspense>
    </GridPage>
  );
}
