import { Building2, RotateCw, Target } from 'lucide-react';
import { ConsentButton } from '@/components/consent/consent-button';
import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { LinkButton } from '@/components/states/link-button';
import type { ConnectionDetail } from '@/lib/connections/types';
import { reconnectPlace } from './reconnect-place';

interface ConnectionActionsProps {
  connection: ConnectionDetail;
  /** False: its environment is not open to the reader, who may disconnect it and nothing else. */
  readable: boolean;
  disconnect: () => Promise<ActionResult>;
}

/** What can be done with a connection in the state it is in. */
export function ConnectionActions({ connection, readable, disconnect }: ConnectionActionsProps) {
  const { id, environment, health, orgName, orgId, username, service, purpose } = connection;
  const usable = readable && purpose === 'runtime' && (health === 'healthy' || health === 'refreshing');
  const place = reconnectPlace(connection);
  const connected = health !== 'disconnected' && health !== 'revoking';
  return (
    <>
      {usable ? (
        <>
          <LinkButton href={`/connections/${id}/accounts`} variant="primary">
            <Building2 aria-hidden="true" />
            Accounts
          </LinkButton>
          <LinkButton href={`/connections/${id}/opportunities`} variant="primary">
            <Target aria-hidden="true" />
            Opportunities
          </LinkButton>
        </>
      ) : null}
      {!readable || service || environment.deleted || place === 'card' ? null : (
        <ConsentButton
          request={{
            environment: environment.slug,
            intent: 'connect',
            reconnect: id,
            callbackUrl: `/connections/${id}`,
          }}
          variant={place === 'aside' ? 'tertiary' : 'primary'}
          icon={<RotateCw aria-hidden="true" />}
        >
          Reconnect
        </ConsentButton>
      )}
      {connected && !service ? (
        <ConfirmDialog
          trigger="Disconnect"
          title={`Disconnect ${orgName ?? orgId}?`}
          confirmLabel="Disconnect"
          action={disconnect}
        >
          <p>
            Orgdock asks Salesforce to revoke the grant of{' '}
            <strong className="text-foreground">{username}</strong> in{' '}
            <strong className="text-foreground">{environment.name}</strong> and deletes its tokens.
          </p>
          <p>No records are changed. To use this org again, you give consent again.</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
