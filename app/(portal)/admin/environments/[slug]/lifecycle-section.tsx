import { DeleteEnvironment } from '@/components/environments/deletion/delete-environment';
import { CloneEnvironment } from '@/components/environments/lifecycle/clone-environment';
import { SwitchEnvironment } from '@/components/environments/lifecycle/switch-environment';
import { ExportEnvironments } from '@/components/environments/transfer/export-environments';
import { LinkButton } from '@/components/states/link-button';
import type { PersonContext } from '@/lib/context';
import { previewEnvironmentDeletion } from '@/lib/custody/environment-deletion/queries';
import type { EnvironmentDetail } from '@/lib/environments/types';
import {
  cloneEnvironmentAction,
  deleteEnvironmentAction,
  disableEnvironmentAction,
  enableEnvironmentAction,
} from '../actions';

interface LifecycleSectionProps {
  ctx: PersonContext;
  environment: EnvironmentDetail;
}

/** What an administrator does with a whole environment: copy it, take it out of use, delete it. */
export async function LifecycleSection({ ctx, environment }: LifecycleSectionProps) {
  const { slug, name, status } = environment;
  const preview = await previewEnvironmentDeletion(ctx, slug);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <ExportEnvironments slug={slug} />
        {status === 'draft' ? null : (
          <LinkButton href={`/admin/environments/${slug}/exchange`} variant="ghost">
            Debug: exchange a code by hand
          </LinkButton>
        )}
      </div>
      <CloneEnvironment name={name} clone={cloneEnvironmentAction.bind(null, slug)} />
      {status === 'draft' ? null : (
        <SwitchEnvironment
          name={name}
          status={status}
          preview={preview}
          disable={disableEnvironmentAction.bind(null, slug)}
          enable={enableEnvironmentAction.bind(null, slug)}
        />
      )}
      <DeleteEnvironment name={name} preview={preview} remove={deleteEnvironmentAction.bind(null, slug)} />
    </>
  );
}
