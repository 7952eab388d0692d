'use client';

import { useState } from 'react';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { Field } from '@/components/forms/field';
import type { ReviewItem } from '@/lib/custody/access-review/types';
import type { Decide } from './decide';

const MOST_NAMED = 5;

interface RevokeDialogProps {
  items: ReviewItem[];
  decide: Decide;
  /** Written already, beside several. */
  note?: string;
  size?: 'sm' | 'md';
  onDone?: () => void;
}

/** Asks before grants are revoked at Salesforce, with whose they are and room for a note. */
export function RevokeDialog({ items, decide, note: written = '', size = 'md', onDone }: RevokeDialogProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [first] = items;
  const title =
    items.length === 1 ? `Revoke the grant of ${first?.owner}?` : `Revoke ${items.length} grants?`;
  const revoke = async () => {
    const connectionIds = items.map(({ connectionId }) => connectionId);
    const result = await decide({ decision: 'revoke', connectionIds, note: typed ?? written });
    if (result.ok) onDone?.();
    return result;
  };
  return (
    <ConfirmDialog
      trigger={
        <>
          Revoke<span className="sr-only"> {items.map(({ username }) => username).join(', ')}</span>
        </>
      }
      triggerSize={size}
      title={title}
      confirmLabel="Revoke"
      action={revoke}
    >
      <p>
        Orgdock asks Salesforce to revoke{' '}
        {items.slice(0, MOST_NAMED).map(({ connectionId, username, environmentName }, index) => (
          <span key={connectionId}>
            {index > 0 ? ', ' : ''}
            <strong className="text-foreground">{username}</strong> in {environmentName}
          </span>
        ))}
        {items.length > MOST_NAMED ? ` and ${items.length - MOST_NAMED} more` : ''}, and deletes the tokens.
        Whatever reads through {items.length === 1 ? 'it' : 'them'} stops at once, and this decision is final.
      </p>
      <Field
        name="note"
        label="Note for the evidence (optional)"
        defaultValue={written}
        maxLength={500}
        onChange={setTyped}
      />
    </ConfirmDialog>
  );
}
