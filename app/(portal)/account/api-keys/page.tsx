import { KeyRound, Plus } from 'lucide-react';
import { OwnKeys } from '@/components/api-keys/list/own-keys';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { EmptyState } from '@/components/states/empty-state';
import { LinkButton } from '@/components/states/link-button';
import { listOwnKeys } from '@/lib/broker/keys/queries';
import { requireContext } from '@/lib/session/context';
import { viewerOf } from '../../viewer';

export const metadata = { title: 'My API keys' };

export default async function OwnKeysPage() {
  const ctx = await requireContext();
  const isAuditor = ctx.role === 'auditor';
  const { keys, names } = await listOwnKeys(ctx);
  return (
    <Page
      wide
      above={<BackLink href="/account">Account</BackLink>}
      title="My API keys"
      description="Programs with one of these call Salesforce through Orgdock as you, each only as its policy allows."
      actions={
        <>
          <LinkButton href="/api-reference" variant="tertiary">
            API reference
          </LinkButton>
          {isAuditor ? null : (
            <LinkButton href="/account/api-keys/new" variant="primary">
              <Plus aria-hidden="true" />
              New key
            </LinkButton>
          )}
        </>
      }
    >
      {isAuditor && keys.length === 0 ? (
        <EmptyState Icon={KeyRound} title="Auditors have no API keys">
          A key reads records, and auditors read none. All keys of the portal are listed under API keys.
        </EmptyState>
      ) : (
        <OwnKeys keys={keys} names={names} viewer={viewerOf(ctx)} />
      )}
    </Page>
  );
}
