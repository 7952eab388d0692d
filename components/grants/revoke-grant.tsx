import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import type { GrantCustody } from '@/lib/connections/types';

interface RevokeGrantProps {
  custody: GrantCustody;
  revoke: () => Promise<ActionResult>;
}

/** An administrator's way to end somebody's grant; asks first, with whose it is and what follows. */
export function RevokeGrant({ custody: { connection, owner, name }, revoke }: RevokeGrantProps) {
  const holder = owner ?? name ?? 'the portal';
  return (
    <ConfirmDialog
      trigger="Revoke"
      title={`Revoke the grant of ${holder}?`}
      confirmLabel="Revoke"
      action={revoke}
    >
      <p>
        Orgdock asks Salesforce to revoke the grant of{' '}
        <strong className="text-foreground">{connection.username}</strong> in{' '}
        <strong className="text-foreground">{connection.environment.name}</strong> and deletes its tokens.
        Whatever reads through it stops at once.
      </p>
      <p>No records are changed. {owner ? `${owner} can consent anew at any time.` : null}</p>
    </ConfirmDialog>
  );
}
