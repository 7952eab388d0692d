import { linkOf } from '@/lib/audit/chain/canonical-row';
import type { Link, OrderKey } from '@/lib/audit/chain/head';
import type { StoredLink } from '@/lib/audit/chain/read-links';
import type { ChainFault } from '@/lib/audit/types';

/** The last link that is known to be good, and where its row stands. */
export interface Cursor extends Link {
  key: OrderKey | null;
}

/** Follows the chain over stored links. `good`: how far it holds; `fault`: what is wrong with the next one. */
export function walkLinks(
  from: Cursor,
  links: readonly StoredLink[],
  signed: ReadonlyMap<number, string>,
): { good: Cursor; fault: ChainFault | null } {
  let good = from;
  for (const link of links) {
    const fault = faultOf(good, link, signed);
    if (fault || !link.row) return { good, fault };
    const { era, transactionId, id } = link.row;
    good = { position: link.position, hash: link.hash, key: { era, transactionId, id } };
  }
  return { good, fault: null };
}

function faultOf(
  before: Cursor,
  { position, auditId, hash, row }: StoredLink,
  signed: ReadonlyMap<number, string>,
): ChainFault | null {
  const next = before.position + 1;
  const fault = (kind: ChainFault['kind'], message: string): ChainFault => ({
    kind,
    position,
    auditId,
    message,
  });
  if (position !== next) {
    const which = position - next === 1 ? `Link ${next} is` : `Links ${next} to ${position - 1} are`;
    return { kind: 'missing', position: next, auditId: null, message: `${which} missing in the chain.` };
  }
  if (!row) return fault('missing', `Row ${auditId}, link ${position}, is missing.`);
  if (before.key && !isLater(row, before.key)) {
    return fault('reordered', `Row ${auditId}, link ${position}, does not come after the row before it.`);
  }
  if (linkOf(before.hash, row) !== hash) {
    return fault('changed', `Row ${auditId}, link ${position}, is not what was sealed: it was changed.`);
  }
  const witness = signed.get(position);
  if (witness === undefined || witness === hash) return null;
  return fault('changed', `Link ${position} is not what it was: the chain up to it was written anew.`);
}

/** By era, transaction and id, as numbers. */
function isLater(a: OrderKey, b: OrderKey): boolean {
  if (a.era !== b.era) return BigInt(a.era) > BigInt(b.era);
  if (a.transactionId !== b.transactionId) return BigInt(a.transactionId) > BigInt(b.transactionId);
  return BigInt(a.id) > BigInt(b.id);
}
