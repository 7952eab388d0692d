'use client';

import { useState } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { Section } from '@/components/states/facts';
import { absoluteWords, type Viewer } from '@/components/states/instant';
import type { WebhookEndpoint } from '@/lib/notify/webhooks/types';
import { SigningSecret } from './signing-secret';

interface WebhookControlsProps {
  webhook: WebhookEndpoint;
  previousUntil: string | null;
  viewer: Viewer;
  test: () => Promise<ActionResult>;
  enable: (enabled: boolean) => Promise<ActionResult>;
  rotate: () => Promise<Answer<{ secret: string }>>;
  remove: () => Promise<ActionResult>;
}

/** Tests a receiver, switches it on or off, gives it a new secret, or ends it. */
export function WebhookControls(props: WebhookControlsProps) {
  const { webhook, previousUntil, viewer, test, enable, rotate, remove } = props;
  const [secret, setSecret] = useState<string | null>(null);
  const makeSecret = async (): Promise<ActionResult> => {
    const answer = await rotate();
    if (answer.ok) setSecret(answer.value.secret);
    return answer;
  };
  return (
    <Section title="Delivery" description={conditionOf(webhook)}>
      <div className="flex flex-wrap gap-2">
        {webhook.enabled ? (
          <>
            <ActionButton variant="secondary" action={test}>
              Send a test event
            </ActionButton>
            <ConfirmDialog
              trigger="Switch off"
              triggerVariant="outline"
              title="Switch this webhook off?"
              confirmLabel="Switch off"
              action={() => enable(false)}
            >
              <p>Events that are on the way are given up, and none is sent until it is switched on again.</p>
            </ConfirmDialog>
          </>
        ) : (
          <ActionButton variant="primary" action={() => enable(true)}>
            Switch on
          </ActionButton>
        )}
        <ConfirmDialog
          trigger="New signing secret"
          triggerVariant="outline"
          title="Make a new signing secret?"
          confirmLabel="Make it"
          confirmVariant="primary"
          action={makeSecret}
        >
          <p>Every event is signed with both secrets for 24 hours, and then with the new one only.</p>
        </ConfirmDialog>
        <ConfirmDialog trigger="Delete" title="Delete this webhook?" confirmLabel="Delete" action={remove}>
          <p>The log of its deliveries goes with it. The receiver hears nothing any more.</p>
        </ConfirmDialog>
      </div>
      {secret === null ? null : (
        <div className="mt-5">
          <SigningSecret secret={secret} />
        </div>
      )}
      {previousUntil === null ? null : (
        <p className="mt-3 text-xs text-muted">
          The secret before signs as well until {absoluteWords(previousUntil, viewer)}.
        </p>
      )}
    </Section>
  );
}

function conditionOf({ enabled, disabledReason }: WebhookEndpoint): string {
  if (enabled) return 'Events are sent as they happen, within about ten seconds.';
  return disabledReason === null ? 'Switched off: nothing is sent.' : `Switched off: ${disabledReason}`;
}
