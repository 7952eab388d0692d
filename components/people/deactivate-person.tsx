import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import type { DeactivationPreview } from '@/lib/custody/types';

interface DeactivatePersonProps {
  name: string;
  preview: DeactivationPreview;
  deactivate: () => Promise<ActionResult>;
}

/** The end of somebody's access; says exactly what it ends, and asks. */
export function DeactivatePerson({ name, preview, deactivate }: DeactivatePersonProps) {
  const { sessions, connections, strayGrants, unsendable, environments } = preview;
  return (
    <ConfirmDialog
      trigger="Deactivate"
      title={`Deactivate ${name}?`}
      confirmLabel="Deactivate"
      action={deactivate}
    >
      <p>{name} cannot sign in any more. At once:</p>
      <ul className="list-disc pl-5">
        <li>{count(sessions, 'session ends', 'sessions end', 'No session is open')}.</li>
        <li>
          {count(connections, 'grant is', 'grants are', 'No grant is')} revoked at Salesforce
          {connections > 0
            ? ` (${environments.map((one) => `${one.name}: ${one.connections}`).join(', ')})`
            : ''}
          .
        </li>
        {strayGrants > 0 ? (
          <li>
            {count(strayGrants, 'grant', 'grants', '')} without a connection, in the queue already, are tried
            now.
          </li>
        ) : null}
        {unsendable > 0 ? (
          <li>
            {count(unsendable, 'grant', 'grants', '')} may have a spent token, which is not sent: end them in
            Salesforce.
          </li>
        ) : null}
      </ul>
      <p>No records are changed, and the history stays. Reactivated, {name} signs in and connects anew.</p>
    </ConfirmDialog>
  );
}

function count(number: number, one: string, many: string, none: string): string {
  if (number === 0 && none !== '') return none;
  return `${number} ${number === 1 ? one : many}`;
}
