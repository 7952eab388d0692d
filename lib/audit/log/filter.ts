import { z } from 'zod';
import { type ActionGroup, GROUPS } from '@/lib/audit/log/groups';
import type { AuditFilter } from '@/lib/audit/types';

const PERIOD_MS = { '24h': 24 * 3_600_000, '7d': 7 * 24 * 3_600_000, '30d': 30 * 24 * 3_600_000 };

const instant = z.iso.datetime({ offset: true }).nullable().catch(null);
const uuid = z.uuid().nullable().catch(null);

const schema = z.object({
  q: z.string().max(200).catch(''),
  group: z
    .enum(Object.keys(GROUPS) as [ActionGroup, ...ActionGroup[]])
    .nullable()
    .catch(null),
  outcome: z.enum(['done', 'denied', 'failed']).nullable().catch(null),
  person: uuid,
  subject: z.string().max(200).nullable().catch(null),
  period: z.enum(['24h', '7d', '30d', 'all']).catch('30d'),
  from: instant,
  to: instant,
  before: z
    .string()
    .regex(/^\d{1,18}_\d{1,18}$/)
    .nullable()
    .catch(null),
});

type Search = Record<string, string | string[] | undefined>;

/**
 * What the address of the log asks for; what it does not understand counts as not said. `from` and `to` come before
 * `period`, which counts back from `now`.
 */
export function parseAuditFilter(search: Search, now = new Date()): AuditFilter {
  const first = Object.fromEntries(
    Object.entries(search).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  const asked = schema.parse({ ...NOTHING, ...first });
  const custom = asked.from !== null || asked.to !== null;
  const since =
    asked.period === 'all' ? null : new Date(now.getTime() - PERIOD_MS[asked.period]).toISOString();
  return {
    ...asked,
    q: asked.q.trim(),
    subject: asked.subject || null,
    period: custom ? 'custom' : asked.period,
    from: custom ? asked.from : since,
  };
}

const NOTHING = {
  q: '',
  group: null,
  outcome: null,
  person: null,
  subject: null,
  from: null,
  to: null,
  before: null,
};
