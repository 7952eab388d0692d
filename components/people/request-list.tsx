'use client';

import { EnvironmentChecks } from '@/components/access/environment-checks';
import { ActionButton } from '@/components/forms/action-button';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import type { AccessRequest, EnvironmentChoice } from '@/lib/people/types';

interface RequestListProps {
  /** With the time of asking in words. */
  requests: Array<AccessRequest & { asked: string }>;
  choices: EnvironmentChoice[];
  /** Null: may look only. */
  answer: {
    grant: (id: string, form: FormData) => Promise<ActionResult>;
    refuse: (id: string) => Promise<ActionResult>;
  } | null;
}

/** Those who ask to be let in, with what an administrator can answer. */
export function RequestList({ requests, choices, answer }: RequestListProps) {
  return (
    <ul className="divide-y divide-separator">
      {requests.map((request) => (
        <li key={request.id} className="space-y-3 py-4 first:pt-0 last:pb-0">
          <div>
            <p>
              <span className="font-semibold">{request.displayName}</span> asks for{' '}
              {request.environment ? request.environment.name : 'access to this portal'}
              <span className="text-muted"> · {request.asked}</span>
            </p>
            <p className="break-all text-[0.8125rem] text-muted">
              {[...new Set([request.username, request.email])].filter(Boolean).join(' · ')}
            </p>
            {request.message ? (
              <blockquote className="mt-2 rounded-lg bg-surface-secondary px-3.5 py-2.5 break-words">
                {request.message}
              </blockquote>
            ) : null}
          </div>
          {answer ? (
            <ActionForm
              label={`Answer ${request.displayName}`}
              action={answer.grant.bind(null, request.id)}
              submitLabel={request.environment ? 'Give access' : 'Let in as a member'}
              doneMessage="Done."
              secondary={
                <ActionButton variant="tertiary" action={answer.refuse.bind(null, request.id)}>
                  Refuse
                </ActionButton>
              }
            >
              {() =>
                request.environment === null && choices.length > 0 ? (
                  <EnvironmentChecks choices={choices} legend="Environments for chosen people" />
                ) : null
              }
            </ActionForm>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
