import { notFound } from 'next/navigation';
import { DeletionProgress } from '@/components/environments/deletion/deletion-progress';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import type { PersonContext } from '@/lib/context';
import { getEnvironmentDeletion } from '@/lib/custody/environment-deletion/queries';
import { viewerOf } from '../../../viewer';

/** The page of a deleted environment: how far its grants are revoked. A slug that never was is a 404. */
export async function DeletedEnvironment({ ctx, slug }: { ctx: PersonContext; slug: string }) {
  const deletion = await getEnvironmentDeletion(ctx, slug);
  if (!deletion) notFound();
  return (
    <Page
      above={<BackLink href="/admin/environments">Environments</BackLink>}
      title={deletion.name}
      description="Deleted: nobody signs in or connects through it any more."
    >
      <div className="max-w-3xl">
        <DeletionProgress deletion={deletion} viewer={viewerOf(ctx)} />
      </div>
    </Page>
  );
}
