import { Chip } from '@heroui/react/chip';
import type { CallableQuery } from '@/lib/broker/named-queries/types';

const ORIGINS = { ready_made: 'Ready-made', changed: 'Ready-made, changed', own: null } as const;

/** Where a query comes from, and whether it can be run. */
export function QueryBadges({
  query: { origin, enabled },
}: {
  query: Pick<CallableQuery, 'origin' | 'enabled'>;
}) {
  const words = ORIGINS[origin];
  return (
    <>
      {words === null ? null : (
        <Chip size="sm" variant="soft" color={origin === 'changed' ? 'accent' : 'default'}>
          {words}
        </Chip>
      )}
      {enabled ? null : (
        <Chip size="sm" variant="soft" color="warning">
          Switched off
        </Chip>
      )}
    </>
  );
}
