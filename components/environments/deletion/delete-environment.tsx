import type { ActionResult } from '@/components/forms/action-result';
import { ConfirmDialog } from '@/components/forms/confirm-dialog';
import { Section } from '@/components/states/facts';
import type { EnvironmentDeletionPreview } from '@/lib/custody/types';

interface DeleteEnvironmentProps {
  name: string;
  preview: EnvironmentDeletionPreview;
  remove: (typedName: string) => Promise<ActionResult>;
}

const MOST_NAMES = 10;

/** The end of an environment: says what it disconnects, and asks for its name. */
export function DeleteEnvironment({ name, preview, remove }: DeleteEnvironmentProps) {
  const { connections, owners, serviceConnections, lastForSignIn } = preview;
  return (
    <Section
      title="Delete this environment"
      description="Disconnects everything in it and asks Salesforce to revoke each grant. Its redirect URI is never given to another environment."
    >
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-danger/25 px-3.5 py-3">
        <p>{affectedInWords(preview)}</p>
        <ConfirmDialog
          trigger="Delete environment"
          title={`Delete ${name}?`}
          confirmLabel="Delete and revoke"
          typedName={name}
          action={remove}
        >
          <p>
            {connections === 0
              ? 'Nobody is connected.'
              : `${affectedInWords(preview)} They stop working at once:`}
          </p>
          {connections === 0 ? null : (
            <ul className="list-disc pl-5">
              {owners.slice(0, MOST_NAMES).map((owner) => (
                <li key={owner.id}>
                  {owner.name}
                  {owner.connections > 1 ? ` (${owner.connections} connections)` : null}
                </li>
              ))}
              {owners.length > MOST_NAMES ? <li>and {owners.length - MOST_NAMES} more people</li> : null}
              {serviceConnections > 0 ? <li>the portal itself: {countOf(serviceConnections)}</li> : null}
            </ul>
          )}
          {lastForSignIn ? (
            <p className="font-medium text-foreground">
              It is the only environment that is open for signing in: afterwards people come in by links from
              the command line only.
            </p>
          ) : null}
          <p>No records in Salesforce are changed. This cannot be undone.</p>
        </ConfirmDialog>
      </div>
    </Section>
  );
}

function affectedInWords({ connections, owners, serviceConnections }: EnvironmentDeletionPreview): string {
  if (connections === 0) return 'No connection is affected.';
  const people = owners.length === 1 ? '1 person' : `${owners.length} people`;
  const holders = [
    ...(owners.length > 0 ? [people] : []),
    ...(serviceConnections > 0 ? ['the portal itself'] : []),
  ];
  return `${countOf(connections)} of ${holders.join(' and ')}.`;
}

function countOf(connections: number): string {
  return connections === 1 ? '1 connection' : `${connections} connections`;
}
