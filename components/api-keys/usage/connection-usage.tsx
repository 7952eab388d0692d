import Link from 'next/link';
import { Section } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import type { UsageByKey } from '@/lib/broker/usage/types';
import { UsageTable } from './usage-table';
import { countWords } from './usage-words';

interface ConnectionUsageSectionProps {
  usage: UsageByKey[];
  /** Id of whoever looks: their own keys have another page. */
  personId: string;
  viewer: Viewer;
}

const COLUMNS = ['Key', 'Of', 'Calls', 'Rows', 'Refused', 'Errors', 'Last'];

/** Which API keys used a connection in the last 30 days; nothing where none did. */
export function ConnectionUsageSection({ usage, personId, viewer }: ConnectionUsageSectionProps) {
  if (usage.length === 0) return null;
  const count = (value: number) => countWords(value, '', viewer.locale);
  return (
    <Section title="Used by programs" description="API keys that called through it in the last 30 days.">
      <UsageTable
        label="API keys that used this connection"
        columns={COLUMNS}
        rows={usage.map(({ keyId, keyName, ownerId, ownerName, calls, rows, refusals, errors, lastAt }) => ({
          key: keyId,
          cells: [
            <Link
              key="key"
              href={`/${ownerId === personId ? 'account' : 'admin'}/api-keys/${keyId}/usage`}
              prefetch={false}
              className="link"
            >
              {keyName}
            </Link>,
            ownerId === personId ? 'you' : ownerName,
            ...[calls, rows, refusals, errors].map(count),
            <Instant key="last" iso={lastAt} viewer={viewer} />,
          ],
        }))}
      />
    </Section>
  );
}
