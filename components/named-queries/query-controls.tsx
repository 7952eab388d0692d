'use client';

import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import type { CallableQuery } from '@/lib/broker/named-queries/types';

interface QueryControlsProps {
  query: CallableQuery;
  enable: (enabled: boolean) => Promise<ActionResult>;
  remove: () => Promise<ActionResult>;
}

/** Switches a query on or off, or ends it; one that Orgdock brings can only be brought back to how it was. */
export function QueryControls({ query: { enabled, origin, name }, enable, remove }: QueryControlsProps) {
  return (
    <>
      {enabled ? (
        <ConfirmDialog
          trigger="Switch off"
          triggerVariant="outline"
          title={`Switch ${name} off?`}
          confirmLabel="Switch off"
          action={() => enable(false)}
        >
          <p>Programs that run it get 404 until it is switched on again.</p>
        </ConfirmDialog>
      ) : (
        <ActionButton variant="primary" action={() => enable(true)}>
          Switch on
        </ActionButton>
      )}
      {origin === 'ready_made' ? null : (
        <ConfirmDialog
          trigger={origin === 'changed' ? 'Bring back' : 'Delete'}
          triggerVariant={origin === 'changed' ? 'outline' : 'danger-soft'}
          title={origin === 'changed' ? `Bring ${name} back to how Orgdock has it?` : `Delete ${name}?`}
          confirmLabel={origin === 'changed' ? 'Bring it back' : 'Delete'}
          action={remove}
        >
          <p>
            {origin === 'changed'
              ? 'Your version goes, and programs run the ready-made query from the next call on.'
              : 'Programs that run it get 404. Policies that name it allow a new query of the same name.'}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
