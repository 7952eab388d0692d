import { KeyRound } from 'lucide-react';
import { EmptyState } from '@/components/states/empty-state';
import type { Viewer } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import type { KeyList } from '@/lib/broker/keys/types';
import { KeyTable } from './key-table';

const PATH = '/account/api-keys';

/** One's own keys; revoked ones last, folded away. */
export function OwnKeys({ keys, names, viewer }: Pick<KeyList, 'keys' | 'names'> & { viewer: Viewer }) {
  const kept = keys.filter(({ state }) => state !== 'revoked');
  const revoked = keys.filter(({ state }) => state === 'revoked');
  const table = { names, base: PATH, withOwner: false, viewer };
  return (
    <div className="space-y-6">
      {kept.length > 0 ? (
        <KeyTable {...table} keys={kept} />
      ) : (
        <EmptyState
          Icon={KeyRound}
          title="You have no API keys"
          actions={
            <LinkButton href={`${PATH}/new`} variant="primary">
              Make a key
            </LinkButton>
          }
        >
          With a key, a program of yours calls Salesforce through Orgdock as you, and only as the key’s policy
          allows.
        </EmptyState>
      )}
      {revoked.length > 0 ? (
        <details>
          <summary className="cursor-pointer text-[0.8125rem] text-muted">
            {revoked.length === 1 ? '1 revoked key' : `${revoked.length} revoked keys`}
          </summary>
          <div className="mt-3">
            <KeyTable {...table} keys={revoked} />
          </div>
        </details>
      ) : null}
    </div>
  );
}
