import { CircleCheck } from 'lucide-react';
import type { Viewer } from '@/components/states/instant';
import type { ConnectionDetail } from '@/lib/connections/types';

/** Who has just come back from Salesforce sees this; later it would be old news. */
const NEWS_MS = 2 * 60_000;

interface ConnectedNoticeProps {
  connection: Pick<ConnectionDetail, 'environment' | 'username' | 'consentedAt' | 'health' | 'service'>;
  viewer: Pick<Viewer, 'now'>;
}

/** That the consent worked, and what follows from it. */
export function ConnectedNotice({ connection, viewer }: ConnectedNoticeProps) {
  const { environment, username, consentedAt, health, service } = connection;
  const isNews = Date.parse(viewer.now) - Date.parse(consentedAt) < NEWS_MS;
  if (!isNews || service !== null || health !== 'healthy') return null;
  return (
    <p
      role="status"
      data-connected
      className="flex gap-2.5 rounded-lg bg-success-soft px-4 py-3 text-success-soft-foreground"
    >
      <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      {environment.name} is connected as {username}. Orgdock keeps the grant until you disconnect it.
    </p>
  );
}
