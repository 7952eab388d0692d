import { Section } from '@/components/states/facts';
import { LinkButton } from '@/components/states/link-button';

/** The way to one's own API keys. */
export function KeysLink() {
  return (
    <Section
      title="API keys"
      description="Let programs of yours call Salesforce through Orgdock as you, each within limits that you set."
    >
      <LinkButton href="/account/api-keys" variant="secondary">
        My API keys
      </LinkButton>
    </Section>
  );
}
