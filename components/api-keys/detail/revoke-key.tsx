'use client';

import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';

interface RevokeKeyProps {
  name: string;
  /** Null: one's own. */
  owner: string | null;
  /** When it was used last, in words; null: never. */
  lastUsed: string | null;
  revoke: () => Promise<ActionResult>;
}

/** Asks before a key ends for good. */
export function RevokeKey({ name, owner, lastUsed, revoke }: RevokeKeyProps) {
  return (
    <ConfirmDialog trigger="Revoke" title={`Revoke “${name}”?`} confirmLabel="Revoke the key" action={revoke}>
      <p>
        {owner === null ? 'Programs' : `Programs of ${owner}`} that use it get 401 from now on, whichever of
        its secrets they have. This cannot be undone: they need a new key.
      </p>
      <p>{lastUsed === null ? 'It was never used.' : `It was last used ${lastUsed}.`}</p>
    </ConfirmDialog>
  );
}
