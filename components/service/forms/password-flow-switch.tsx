'use client';

import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { PasswordWarnings } from '../salesforce-steps';

interface PasswordFlowSwitchProps {
  allowed: boolean;
  set: (allowed: boolean) => Promise<ActionResult>;
}

/** Allows the legacy flow in an environment; off unless somebody has read why. */
export function PasswordFlowSwitch({ allowed, set }: PasswordFlowSwitchProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-t border-separator pt-4">
      <div>
        <p className="text-sm font-medium">Username-password flow</p>
        <p className="text-xs text-muted">
          {allowed ? 'Allowed in this environment.' : 'Off, as it should be.'}
        </p>
      </div>
      {allowed ? (
        <ConfirmDialog
          key="allowed"
          trigger="Turn off"
          title="Turn the username-password flow off?"
          confirmLabel="Turn off"
          action={set.bind(null, false)}
        >
          <p>
            Service connections that use it get no new token from then on. They stay until you remove them.
          </p>
        </ConfirmDialog>
      ) : (
        <ConfirmDialog
          key="off"
          trigger="Allow"
          triggerVariant="secondary"
          title="Allow the username-password flow?"
          confirmLabel="Allow it all the same"
          action={set.bind(null, true)}
        >
          <PasswordWarnings />
          <p>Take the JWT bearer or client credentials flow wherever you can.</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
