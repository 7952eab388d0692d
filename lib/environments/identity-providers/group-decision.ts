import type { Role } from '@/lib/context';
import type { GroupMappingRow } from '@/lib/environments/identity-providers/types';

/** From the least to the most: of several mapped groups the highest role wins. */
const ORDER: readonly Role[] = ['member', 'auditor', 'admin'];

/** What the groups of a person decide; null when no mapping names one of them. */
export interface GroupDecision {
  role: Role;
  /** The mapped groups that the person has. */
  groups: string[];
  environmentIds: string[];
}

/** Holds the groups of an ID token against the mappings of its provider. Names are compared exactly. */
export function decideByGroups(
  groups: readonly string[] | null,
  mappings: readonly GroupMappingRow[],
): GroupDecision | null {
  const matching = mappings.filter((row) => groups?.includes(row.group));
  if (matching.length === 0) return null;
  const rank = Math.max(...matching.map((row) => ORDER.indexOf(row.role)));
  return {
    role: ORDER[rank] ?? 'member',
    groups: matching.map((row) => row.group),
    environmentIds: [...new Set(matching.flatMap((row) => row.environmentIds))],
  };
}
