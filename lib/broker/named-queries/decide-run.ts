import type { Run } from '@/lib/broker/named-queries/read-run';
import { decide } from '@/lib/broker/policy/decide';
import { understandSoql } from '@/lib/broker/policy/soql/understand-soql';
import type { CallSettings, Describe, Understanding } from '@/lib/broker/policy/types';
import type { Decision, KeyPolicy } from '@/lib/broker/types';

/** Whether a policy allows one run of a named query, and what the run touches. Throws what `describe` throws. */
export async function decideRun(
  policy: KeyPolicy,
  settings: CallSettings,
  run: Pick<Run, 'name' | 'soql'>,
  describe: Describe,
): Promise<{ decision: Decision; what: Understanding }> {
  const held = policyFor(policy);
  // Without limits of objects nobody asks where relationships lead.
  const what = await understandSoql(run.soql, held.objects === null ? null : describe);
  return { decision: decide(held, { ...settings, namedQuery: run.name }, what), what };
}

/**
 * For a key that runs named queries only, the query itself is the permission: administrators wrote what it reads. Every
 * other key stays within its objects and fields here as well.
 */
function policyFor(policy: KeyPolicy): KeyPolicy {
  return policy.access === 'named_queries' ? { ...policy, objects: null } : policy;
}
