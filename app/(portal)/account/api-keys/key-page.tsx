import { notFound } from 'next/navigation';
import { RevokeKey } from '@/components/api-keys/detail/revoke-key';
import { KeyStateBadge } from '@/components/api-keys/list/state-badge';
import { PolicyWords } from '@/components/api-keys/policy-words';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { Section } from '@/components/states/facts';
import { relativeWords } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import { getKey } from '@/lib/broker/keys/queries';
import type { PersonContext } from '@/lib/context';
import { viewerOf } from '../../viewer';
import { revokeKeyAction } from './actions';
import { ExamplesSection, FactsSection, NameSection, SecretsSection } from './key-sections';

/** A key: what it may do, its secrets, its end. */
export async function KeyPage({ ctx, id, base }: { ctx: PersonContext; id: string; base: string }) {
  const detail = await getKey(ctx, id);
  if (!detail) notFound();
  const { key, names, isOwn } = detail;
  const viewer = viewerOf(ctx);
  const mayChange = key.state !== 'revoked' && (ctx.role === 'admin' || (isOwn && ctx.role === 'member'));
  const props = { detail, viewer };
  return (
    <Page
      above={<BackLink href={base}>API keys</BackLink>}
      title={key.name}
      badge={<KeyStateBadge state={key.state} />}
      description={isOwn ? 'Acts as you.' : `Acts as ${key.owner.name}.`}
      actions={
        <>
          {ctx.role === 'member' ? null : (
            <LinkButton
              href={`/admin/audit?subject=${key.id}&period=all`}
              variant="tertiary"
              prefetch={false}
            >
              History
            </LinkButton>
          )}
          <LinkButton href={`${base}/${key.id}/dry-run`} variant="secondary">
            Dry run
          </LinkButton>
          <LinkButton href={`${base}/${key.id}/usage`} variant="secondary">
            Usage
          </LinkButton>
          {mayChange ? (
            <RevokeKey
              name={key.name}
              owner={isOwn ? null : key.owner.name}
              lastUsed={key.lastUsedAt ? relativeWords(key.lastUsedAt, viewer.now) : null}
              revoke={revokeKeyAction.bind(null, key.id)}
            />
          ) : null}
        </>
      }
    >
      <div className="space-y-6">
        <Section title="What it may do">
          <PolicyWords policy={key.policy} names={names} />
          {mayChange ? (
            <div className="mt-4">
              <LinkButton href={`${base}/${key.id}/policy`} variant="secondary">
                {isOwn ? 'Change' : 'Take away from it'}
              </LinkButton>
            </div>
          ) : null}
        </Section>
        <FactsSection {...props} />
        <SecretsSection {...props} />
        {isOwn && mayChange ? <NameSection {...props} /> : null}
        {isOwn && key.state === 'active' ? <ExamplesSection {...props} /> : null}
      </div>
    </Page>
  );
}
