import { RefreshCw } from 'lucide-react';
import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import type { Viewer } from '@/components/states/instant';
import type { SecretRotation, SecretRotationView } from '@/lib/provisioning/secret-rotation/types';
import { ApplyPanel } from './apply-panel';
import { RotationTimeline } from './rotation-timeline';
import { nextStepWords } from './rotation-words';

/** What an administrator may do; auditors get none. */
export interface RotationActions {
  stageFromOrg: () => Promise<ActionResult>;
  stagePasted: (form: FormData) => Promise<ActionResult>;
  apply: (typedName: string) => Promise<ActionResult>;
  askOrg: () => Promise<ActionResult>;
  tellOrg: () => Promise<ActionResult>;
  cancel: () => Promise<ActionResult>;
  refreshOwn: () => Promise<ActionResult>;
}

interface OpenRotationProps {
  rotation: SecretRotation;
  view: SecretRotationView;
  viewer: Viewer;
  actions: RotationActions | null;
}

/** A rotation that is under way: its steps, the next one, and the way out. */
export function OpenRotation({ rotation, view, viewer, actions }: OpenRotationProps) {
  const { title, text } = nextStepWords(view);
  const isStaged = rotation.appliedAt === null;
  const asksOrg = !isStaged && rotation.source === 'staged_credentials' && rotation.orgRotated !== true;
  return (
    <div className="space-y-5">
      <RotationTimeline rotation={rotation} viewer={viewer} />
      <div>
        <p className="font-medium">{title}</p>
        <p className="mt-1 max-w-[65ch] text-pretty text-muted">{text}</p>
      </div>
      {rotation.behaviour === 'revokes_all' ? (
        <p className="max-w-[65ch] text-pretty">
          This org ended the grants of before. Whoever held one was told to reconnect.
        </p>
      ) : null}
      {actions && isStaged ? <ApplyPanel view={view} apply={actions.apply} /> : null}
      {actions ? (
        <div className="flex flex-wrap items-center gap-3">
          {asksOrg ? (
            <>
              <ActionButton variant="primary" action={actions.askOrg}>
                Ask the org
              </ActionButton>
              <ActionButton variant="secondary" action={actions.tellOrg}>
                Tell the org again
              </ActionButton>
            </>
          ) : null}
          {!isStaged && !asksOrg && view.ownConnectionId ? (
            <ActionButton
              variant="secondary"
              icon={<RefreshCw aria-hidden="true" />}
              action={actions.refreshOwn}
            >
              Refresh one connection now
            </ActionButton>
          ) : null}
          {isStaged || asksOrg || rotation.source === 'pasted' ? (
            <ConfirmDialog
              trigger="Cancel the rotation"
              triggerVariant="ghost"
              title="Cancel the rotation?"
              confirmLabel="Cancel the rotation"
              action={actions.cancel}
            >
              <p>{cancelWords(rotation)}</p>
            </ConfirmDialog>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

function cancelWords({ appliedAt, source }: SecretRotation): string {
  if (appliedAt === null) return 'The new secret is deleted. The present one stays in use.';
  if (source === 'pasted') {
    return 'The old secret becomes the present one again and the new one is deleted. Only do this if the new one was not applied in Salesforce: it would be refused from then on.';
  }
  return 'The org is asked to delete the new secret, and the old one becomes the present one again.';
}
