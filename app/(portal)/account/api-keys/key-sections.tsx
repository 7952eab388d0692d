import { RenameKey } from '@/components/api-keys/detail/rename-key';
import { RotateKey } from '@/components/api-keys/detail/rotate-key';
import { SecretList } from '@/components/api-keys/detail/secret-list';
import { SnippetList } from '@/components/api-keys/detail/snippet-list';
import { snippetsOf } from '@/components/api-keys/detail/snippets';
import { Facts, Section } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import type { KeyDetail } from '@/lib/broker/keys/types';
import { portalOrigin } from '@/lib/env';
import { renameKeyAction, retireKeySecretAction, rotateKeyAction } from './actions';

interface SectionProps {
  detail: KeyDetail;
  viewer: Viewer;
}

/** When it was made and used, and when it ends. */
export function FactsSection({ detail: { key, today }, viewer }: SectionProps) {
  const { owner, createdAt, expiresAt, revokedAt, lastUsedAt, lastUsedFrom } = key;
  const exact = (iso: string) => <Instant iso={iso} viewer={viewer} exact />;
  return (
    <Section title="Facts">
      <Facts
        facts={[
          { label: 'Owner', value: owner.name },
          { label: 'Made', value: exact(createdAt) },
          {
            label: 'Last used',
            value: lastUsedAt ? <Instant iso={lastUsedAt} viewer={viewer} /> : 'Never',
            ...(lastUsedFrom ? { hint: `From ${lastUsedFrom}` } : {}),
          },
          {
            label: 'Today (UTC)',
            value: `${today.calls.toLocaleString('en')} calls, ${today.rows.toLocaleString('en')} rows`,
          },
          ...(revokedAt ? [{ label: 'Revoked', value: exact(revokedAt) }] : []),
          {
            label: 'Ends',
            value: expiresAt ? exact(expiresAt) : 'Never',
            ...(expiresAt === null && revokedAt === null
              ? { hint: 'A key without an end is easily forgotten: give it one under “Change”.' }
              : {}),
          },
        ]}
      />
    </Section>
  );
}

/** The secrets by how they begin, and their rotation. */
export function SecretsSection({ detail: { key, isOwn }, viewer }: SectionProps) {
  const mayRotate = isOwn && key.state === 'active';
  return (
    <Section
      title="Secrets"
      description="Orgdock keeps their hashes only. Rotate: make a second one, bring it to every program, then let the first one end."
    >
      <SecretList
        secrets={key.state === 'revoked' ? [] : key.secrets}
        viewer={viewer}
        retire={
          isOwn && (key.state === 'active' || key.state === 'expired')
            ? retireKeySecretAction.bind(null, key.id)
            : null
        }
      />
      {mayRotate ? (
        <div className="mt-4">
          <RotateKey isRotating={key.secrets.length > 1} rotate={rotateKeyAction.bind(null, key.id)} />
        </div>
      ) : null}
    </Section>
  );
}

/** Another name. */
export function NameSection({ detail: { key } }: SectionProps) {
  return (
    <Section title="Name">
      <RenameKey key={key.name} name={key.name} rename={renameKeyAction.bind(null, key.id)} />
    </Section>
  );
}

/** Calls to begin with. */
export function ExamplesSection({ detail: { boundTo } }: SectionProps) {
  return (
    <Section title="Use it" description="With the secret in the environment variable ORGDOCK_KEY.">
      <SnippetList snippets={snippetsOf({ portal: portalOrigin(), boundTo })} />
    </Section>
  );
}
