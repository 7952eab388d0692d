import { SecretRotationSection } from '@/components/secret-rotation/secret-rotation';
import type { PersonContext } from '@/lib/context';
import { getSecretRotation } from '@/lib/provisioning/secret-rotation/queries';
import { viewerOf } from '../../../../viewer';
import {
  applySecretAction,
  askOrgAction,
  cancelRotationAction,
  refreshOwnConnectionAction,
  stagePastedSecretAction,
  stageSecretFromOrgAction,
  tellOrgAction,
} from './secret-actions';

/** The consumer secret of an environment and its rotation. Auditors see how it stands. */
export async function SecretSection({ ctx, slug }: { ctx: PersonContext; slug: string }) {
  const view = await getSecretRotation(ctx, slug);
  const actions = {
    stageFromOrg: stageSecretFromOrgAction.bind(null, slug),
    stagePasted: stagePastedSecretAction.bind(null, slug),
    apply: applySecretAction.bind(null, slug),
    askOrg: askOrgAction.bind(null, slug),
    tellOrg: tellOrgAction.bind(null, slug),
    cancel: cancelRotationAction.bind(null, slug),
    refreshOwn: refreshOwnConnectionAction.bind(null, slug),
  };
  return (
    <SecretRotationSection
      view={view}
      viewer={viewerOf(ctx)}
      actions={ctx.role === 'admin' ? actions : null}
    />
  );
}
