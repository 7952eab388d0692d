import { Facts, Section } from '@/components/states/facts';
import type { IdentityProviderDetail } from '@/lib/environments/identity-providers/types';

interface ProviderFactsProps {
  provider: IdentityProviderDetail;
  environments: ReadonlyArray<{ id: string; name: string }>;
}

/** A provider for those who only read: auditors. */
export function ProviderFacts({ provider, environments }: ProviderFactsProps) {
  const { issuer, clientId, redirectUri, scopes, groupsClaim, groupMappings, admitsUnknown } = provider;
  const nameOf = (id: string) => environments.find((row) => row.id === id)?.name ?? id;
  return (
    <Section title="Configuration">
      <Facts
        facts={[
          { label: 'Issuer', value: issuer },
          { label: 'Client id', value: clientId },
          { label: 'Redirect URI', value: redirectUri },
          { label: 'Scopes', value: scopes.join(' ') },
          { label: 'Groups claim', value: groupsClaim ?? 'None: groups decide nothing' },
          {
            label: 'Unknown people',
            value: admitsUnknown ? 'Become members' : 'Come in by a mapped group only',
          },
          ...groupMappings.map(({ group, role, environmentIds }) => ({
            label: `Group ${group}`,
            value: [role, ...environmentIds.map(nameOf)].join(', '),
          })),
        ]}
      />
    </Section>
  );
}
