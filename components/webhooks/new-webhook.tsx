'use client';

import { useState } from 'react';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import { LinkButton } from '@/components/states/link-button';
import { SigningSecret } from './signing-secret';
import { WebhookForm } from './webhook-form';

interface NewWebhookProps {
  environments: ReadonlyArray<{ id: string; name: string }>;
  create: (form: FormData) => Promise<Answer<{ id: string; secret: string }>>;
}

/** Makes a webhook, and shows its signing secret once. */
export function NewWebhook({ environments, create }: NewWebhookProps) {
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);
  const action = async (form: FormData): Promise<ActionResult> => {
    const answer = await create(form);
    if (answer.ok) setMade(answer.value);
    return answer;
  };
  if (made === null) {
    return <WebhookForm environments={environments} submitLabel="Add webhook" action={action} />;
  }
  return (
    <div className="space-y-5">
      <SigningSecret secret={made.secret} />
      <LinkButton href={`/admin/webhooks/${made.id}`} variant="primary">
        I have stored it
      </LinkButton>
    </div>
  );
}
