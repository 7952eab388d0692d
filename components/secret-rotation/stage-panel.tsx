'use client';

import { KeyRound } from 'lucide-react';
import { CONSUMER_PATH } from '@/components/app-assistant/words';
import { ActionButton } from '@/components/forms/action-button';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { SecretField } from '@/components/forms/secret-field';
import type { AppType } from '@/lib/environments/types';

interface StagePanelProps {
  appType: AppType;
  canAskOrg: boolean;
  stageFromOrg: () => Promise<ActionResult>;
  stagePasted: (form: FormData) => Promise<ActionResult>;
}

/** The two ways to a new secret: the org makes it, or it is pasted. Neither is sent to Salesforce yet. */
export function StagePanel({ appType, canAskOrg, stageFromOrg, stagePasted }: StagePanelProps) {
  return (
    <div className="space-y-5">
      <div className="space-y-2">
        {canAskOrg ? (
          <ActionButton variant="primary" icon={<KeyRound aria-hidden="true" />} action={stageFromOrg}>
            Get a new secret from the org
          </ActionButton>
        ) : null}
        <p className="max-w-[65ch] text-pretty text-muted">
          {canAskOrg
            ? 'The org makes it as staged credentials and nobody sees it. Or paste one that you staged in Salesforce yourself:'
            : `${
                appType === 'external_client_app'
                  ? 'With set-up access of yours (“Create the app”) the org makes the new secret itself. Without one, stage'
                  : 'Stage'
              } it in Salesforce (${CONSUMER_PATH[appType]} → Generate) and paste it here, before you apply it there:`}
        </p>
      </div>
      <ActionForm
        label="Stage a new consumer secret"
        action={stagePasted}
        submitLabel="Stage it"
        doneMessage="Staged."
      >
        {(errors) => (
          <SecretField
            name="nextSecret"
            label="New consumer secret"
            stored={false}
            required
            error={errors.nextSecret}
          />
        )}
      </ActionForm>
    </div>
  );
}
