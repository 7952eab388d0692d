import { Facts, Section } from '@/components/states/facts';
import type { WebhookEndpoint } from '@/lib/notify/webhooks/types';

/** A receiver for those who only read: auditors. */
export function WebhookFacts({ webhook }: { webhook: WebhookEndpoint }) {
  return (
    <Section title="What is sent where">
      <Facts
        facts={[
          { label: 'Address', value: webhook.url },
          { label: 'What it is', value: webhook.description || '–' },
          { label: 'Events', value: webhook.events.join(', ') },
          { label: 'Environment', value: webhook.environment?.name ?? 'All' },
          ...(webhook.disabledReason ? [{ label: 'Switched off', value: webhook.disabledReason }] : []),
        ]}
      />
    </Section>
  );
}
