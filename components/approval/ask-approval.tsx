'use client';

import { Send } from 'lucide-react';
import { useState } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import type { ActionResult, Answer } from '@/components/forms/action-result';
import type { Viewer } from '@/components/states/instant';
import type { ApprovalLink } from '@/lib/provisioning/approval/types';
import { ApprovalLinkCard } from './approval-link';

interface AskApprovalProps {
  environmentName: string;
  askedBy: string;
  viewer: Pick<Viewer, 'locale' | 'timeZone'>;
  /** Makes the link. */
  ask: () => Promise<Answer<ApprovalLink>>;
  label?: string;
  size?: 'sm' | 'md';
  variant: 'primary' | 'secondary' | 'ghost';
}

/** Makes a link for the Salesforce administrator and shows it once, in place of the button. */
export function AskApproval(props: AskApprovalProps) {
  const { environmentName, askedBy, viewer, ask, label = 'Ask your Salesforce administrator' } = props;
  const [link, setLink] = useState<ApprovalLink | null>(null);
  if (link !== null) return <ApprovalLinkCard {...{ link, askedBy, environmentName, viewer }} />;
  const make = async (): Promise<ActionResult> => {
    const answer = await ask();
    if (answer.ok) setLink(answer.value);
    return answer;
  };
  return (
    <ActionButton
      action={make}
      size={props.size ?? 'md'}
      variant={props.variant}
      icon={<Send aria-hidden="true" />}
    >
      {label}
    </ActionButton>
  );
}
