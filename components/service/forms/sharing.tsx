'use client';

import { Users } from 'lucide-react';
import { ActionButton } from '@/components/forms/action-button';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';
import type { ServiceConnectionSummary } from '@/lib/connections/service/types';

interface SharingProps {
  sharedWith: ServiceConnectionSummary['sharedWith'];
  everyone: boolean;
  share: (form: FormData) => Promise<ActionResult>;
  unshare: (personId: string) => Promise<ActionResult>;
  shareWithEveryone: (everyone: boolean) => Promise<ActionResult>;
}

/** Who may read records through a service connection. */
export function Sharing({ sharedWith, everyone, share, unshare, shareWithEveryone }: SharingProps) {
  return (
    <div className="space-y-5">
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg bg-surface-secondary px-3.5 py-2.5">
        <p className="flex items-center gap-3">
          <Users aria-hidden="true" className="size-4 text-muted" />
          {everyone
            ? 'Everyone in this portal may read through it.'
            : 'Only the people below may read through it.'}
        </p>
        <ActionButton
          key={String(everyone)}
          variant={everyone ? 'danger-soft' : 'secondary'}
          size="sm"
          action={shareWithEveryone.bind(null, !everyone)}
        >
          {everyone ? 'Stop sharing with everyone' : 'Share with everyone'}
        </ActionButton>
      </div>
      {sharedWith.length > 0 ? (
        <ul aria-label="People" className="divide-y divide-separator rounded-lg border border-border">
          {sharedWith.map(({ id, displayName, email }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5">
              <span className="min-w-0">
                <span className="font-medium">{displayName}</span>{' '}
                <span className="break-all text-muted">{email}</span>
              </span>
              <ActionButton variant="danger-soft" size="sm" action={unshare.bind(null, id)}>
                Remove <span className="sr-only">{displayName}</span>
              </ActionButton>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted">Shared with no single person yet.</p>
      )}
      <ActionForm label="Share" action={share} submitLabel="Share" doneMessage="Shared.">
        {(errors) => (
          <Field
            name="person"
            label="Person"
            required
            error={errors.person}
            description="E-mail, or a Salesforce username that they sign in with."
          />
        )}
      </ActionForm>
    </div>
  );
}
