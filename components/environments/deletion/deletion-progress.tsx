import { AutoRefresh } from '@/components/states/auto-refresh';
import { type Fact, Facts, Section } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import type { EnvironmentDeletion } from '@/lib/custody/types';

/** How far the grants of a deleted environment are revoked. Looks again by itself while Salesforce is being asked. */
export function DeletionProgress({ deletion, viewer }: { deletion: EnvironmentDeletion; viewer: Viewer }) {
  const { deletedAt, connections, confirmed, revoking, unconfirmed, unsendable, strayGrants, nextTryAt } =
    deletion;
  const facts: Fact[] = [
    { label: 'Deleted', value: <Instant iso={deletedAt} viewer={viewer} exact /> },
    { label: 'Disconnected', value: connectionsInWords(connections) },
    { label: 'Ended for certain', value: `${confirmed} of ${connections}` },
    ...(revoking > 0 ? [{ label: 'Being revoked now', value: revoking }] : []),
    ...(unconfirmed > 0
      ? [
          {
            label: 'Could not be confirmed',
            value: (
              <>
                {unconfirmed}
                {nextTryAt ? (
                  <>
                    ; Orgdock tries again at <Instant iso={nextTryAt} viewer={viewer} exact />
                  </>
                ) : null}
              </>
            ),
          },
        ]
      : []),
    ...(unsendable > 0
      ? [
          {
            label: 'Not sent',
            value: unsendable,
            hint: 'The stored refresh token may be a spent one. End these in Salesforce: Setup → Connected Apps OAuth Usage.',
          },
        ]
      : []),
    ...(strayGrants > 0
      ? [
          {
            label: 'Without a connection',
            value: strayGrants,
            hint: 'Replaced or refused grants, in the queue.',
          },
        ]
      : []),
  ];
  const title = revoking > 0 ? 'Revoking at Salesforce' : 'Revocation';
  return (
    <Section title={title}>
      <div aria-live="polite">
        <Facts facts={facts} />
      </div>
      {revoking > 0 ? <AutoRefresh everyMs={2_000} /> : null}
    </Section>
  );
}

function connectionsInWords(count: number): string {
  return count === 1 ? '1 connection' : `${count} connections`;
}
