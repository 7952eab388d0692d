'use client';

import { useState } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { Field } from '@/components/forms/field';
import type { ReviewItem } from '@/lib/custody/access-review/types';
import type { Decide } from './decide';
import { RevokeDialog } from './revoke-dialog';

interface DecisionBarProps {
  items: ReviewItem[];
  decide: Decide;
  onDone: () => void;
}

/** Decides on several grants at once, with one note; stays in view while the list is scrolled. */
export function DecisionBar({ items, decide, onDone }: DecisionBarProps) {
  const [note, setNote] = useState('');
  const keep = async () => {
    const connectionIds = items.map(({ connectionId }) => connectionId);
    const result = await decide({ decision: 'keep', connectionIds, note });
    if (result.ok) onDone();
    return result;
  };
  return (
    <section
      aria-label="Decide on the selected grants"
      className="sticky bottom-3 z-10 flex flex-wrap items-end gap-3 rounded-xl bg-overlay p-4 shadow-overlay"
    >
      <p role="status" className="w-full font-medium sm:w-auto sm:self-center">
        {items.length} selected
      </p>
      <div className="min-w-0 flex-1 basis-full sm:basis-56">
        <Field name="note" label="Note (optional)" maxLength={500} onChange={setNote} />
      </div>
      <ActionButton variant="secondary" action={keep}>
        Keep
      </ActionButton>
      <RevokeDialog items={items} decide={decide} note={note} onDone={onDone} />
    </section>
  );
}
