'use client';

import { useEffect, useRef } from 'react';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { ChoiceField } from '@/components/forms/choice-field';
import type { SetUpConnection } from '@/lib/provisioning/set-up-access/types';
import { connectionOptions } from './connection-options';

interface ReadAgainProps {
  connections: SetUpConnection[];
  /** A deployment has ended since the last look: it is looked at once without being asked. */
  due: boolean;
  read: (form: FormData) => Promise<ActionResult>;
}

/** Reads the settings of the app from its org, over one's own grant there. */
export function ReadAgain({ connections, due, read }: ReadAgainProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (due) place.current?.querySelector('form')?.requestSubmit();
  }, [due]);
  return (
    <div ref={place}>
      <ActionForm
        label="Read the settings"
        action={read}
        submitLabel="Read again"
        doneMessage="Read just now."
      >
        {(errors) => (
          <ChoiceField
            name="connectionId"
            label="Over"
            options={connectionOptions(connections)}
            error={errors.connectionId}
          />
        )}
      </ActionForm>
    </div>
  );
}
