'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { CheckField } from '@/components/forms/check-field';
import { Field } from '@/components/forms/field';
import { Section } from '@/components/states/facts';

interface BreachFormProps {
  scopeName: string;
  backupDays: number | null;
  press: (form: FormData) => Promise<ActionResult>;
}

/** The button itself: asks why, how long backups are kept, and for the name of what it ends. */
export function BreachForm({ scopeName, backupDays, press }: BreachFormProps) {
  return (
    <Section
      title="Revoke now"
      description="Asks for a sign-in of the last ten minutes. The next page shows how far it is, and it goes on when you leave it or the portal restarts."
    >
      <div className="max-w-xl">
        <ActionForm
          label="Revoke now"
          action={press}
          submitLabel="Revoke at every org"
          submitVariant="danger"
          doneMessage="Started."
        >
          {(errors) => (
            <>
              <Field
                name="reason"
                label="What happened"
                description="Is in the audit log and in the report."
                error={errors.reason}
                maxLength={1_000}
                required
              />
              <Field
                name="backupDays"
                label="Days that backups of the database are kept"
                defaultValue={backupDays === null ? '' : String(backupDays)}
                description="So long they hold the sealed tokens after they are deleted here. Empty: nobody knows, and whoever keeps the backups must answer."
                error={errors.backupDays}
                maxLength={4}
              />
              <CheckField
                name="endsSessions"
                label="End sessions"
                description="Also takes back sign-in links and sign-ins under way."
                defaultChecked
              />
              <Field
                name="confirmation"
                label={`Type “${scopeName}” to confirm`}
                error={errors.confirmation}
                required
              />
            </>
          )}
        </ActionForm>
      </div>
    </Section>
  );
}
