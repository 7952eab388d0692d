import { notFound } from 'next/navigation';
import { KeyStateBadge } from '@/components/api-keys/list/state-badge';
import { RangeLinks } from '@/components/api-keys/usage/range-links';
import { UsageView } from '@/components/api-keys/usage/usage-view';
import { BackLink } from '@/components/shell/back-link';
import { Page } from '@/components/shell/page';
import { getKey } from '@/lib/broker/keys/queries';
import { listUsageByConnection, listUsageCalls, readUsage } from '@/lib/broker/usage/queries';
import { USAGE_RANGES } from '@/lib/broker/usage/types';
import type { PersonContext } from '@/lib/context';
import { viewerOf } from '../../viewer';

interface KeyUsagePageProps {
  ctx: PersonContext;
  id: string;
  base: string;
  search: Promise<Record<string, string | string[] | undefined>>;
}

/** What a key did: for its owner, administrators and auditors. */
export async function KeyUsagePage({ ctx, id, base, search }: KeyUsagePageProps) {
  const detail = await getKey(ctx, id);
  if (!detail) notFound();
  const { range: said } = await search;
  const range = USAGE_RANGES.find((one) => one === said) ?? '24h';
  const { key } = detail;
  const path = `${base}/${key.id}`;
  const [usage, connections, newest] = await Promise.all([
    readUsage(ctx, { keyId: key.id }, range),
    listUsageByConnection(ctx, key.id, range),
    listUsageCalls(ctx, { keyId: key.id }),
  ]);
  return (
    <Page
      above={<BackLink href={path}>{key.name}</BackLink>}
      title="Usage"
      badge={<KeyStateBadge state={key.state} />}
      description={`Calls of the key “${key.name}”.`}
      actions={<RangeLinks href={`${path}/usage`} current={range} />}
    >
      <UsageView
        usage={usage}
        connections={connections}
        newest={newest}
        dryRun={`${path}/dry-run`}
        viewer={viewerOf(ctx)}
      />
    </Page>
  );
}
