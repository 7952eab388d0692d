'use client';

import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';

/** Removes a service connection, after a question. */
export function RemoveService({ name, remove }: { name: string; remove: () => Promise<ActionResult> }) {
  return (
    <ConfirmDialog trigger="Remove" title={`Remove ${name}?`} confirmLabel="Remove" action={remove}>
      <p>Its credentials are deleted, its access token is revoked, and nobody reads through it any more.</p>
    </ConfirmDialog>
  );
}
