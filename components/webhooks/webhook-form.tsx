'use client';

import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { CheckField } from '@/components/forms/check-field';
import { ChoiceField } from '@/components/forms/choice-field';
import { Field } from '@/components/forms/field';
import type { WebhookEndpoint } from '@/lib/notify/webhooks/types';
import { EVENT_CHOICES } from './event-choices';

interface WebhookFormProps {
  /** Absent while it is made. */
  webhook?: WebhookEndpoint;
  environments: ReadonlyArray<{ id: string; name: string }>;
  submitLabel: string;
  action: (form: FormData) => Promise<ActionResult>;
}

/** Where events go, and which. */
export function WebhookForm({ webhook, environments, submitLabel, action }: WebhookFormProps) {
  const gone = webhook?.environment && !environments.some(({ id }) => id === webhook.environment?.id);
  const choices = gone && webhook.environment ? [...environments, webhook.environment] : environments;
  return (
    <ActionForm label="Webhook" action={action} submitLabel={submitLabel} doneMessage="Saved.">
      {(errors) => (
        <>
          <Field
            name="url"
            label="Address"
            type="url"
            required
            defaultValue={webhook?.url}
            error={errors.url}
            placeholder="https://hooks.example.com/orgdock"
            description="https, at a host that resolves to public addresses only. Redirects are not followed."
          />
          <Field
            name="description"
            label="What it is"
            maxLength={200}
            defaultValue={webhook?.description}
            error={errors.description}
            description="Such as “pages the on-call team”."
          />
          <fieldset aria-describedby={errors.events ? 'events-error' : undefined}>
            <legend className="label mb-2">Events</legend>
            <div className="space-y-3">
              {EVENT_CHOICES.map(({ name, description }) => (
                <CheckField
                  key={name}
                  name="events"
                  value={name}
                  label={name}
                  description={description}
                  defaultChecked={webhook === undefined || webhook.events.includes(name)}
                />
              ))}
            </div>
            {errors.events ? (
              <p id="events-error" role="alert" className="mt-2 text-xs text-danger">
                {errors.events}
              </p>
            ) : null}
          </fieldset>
          <ChoiceField
            name="environmentId"
            label="Environment"
            defaultValue={webhook?.environment?.id ?? ''}
            options={[
              { value: '', label: 'All environments' },
              ...choices.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            error={errors.environmentId}
            description="A breach is of no single environment: only webhooks for all of them hear of it."
          />
        </>
      )}
    </ActionForm>
  );
}
