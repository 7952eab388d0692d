import { withSystem } from '@/db/client';
import { readChainState } from '@/lib/audit/chain/chain-state';
import { type Link, type OrderKey, readBase } from '@/lib/audit/chain/head';
import { readCheckpoints } from '@/lib/audit/chain/read-checkpoints';
import { findUnsealedBetween, readLinks } from '@/lib/audit/chain/read-links';
import { type Cursor, walkLinks } from '@/lib/audit/chain/walk-links';
import type { ChainFault, ChainReport } from '@/lib/audit/types';

const BATCH = 2_000;

/** How far a verification is: links of the chain that were checked, of those that there were at its start. */
export interface Progress {
  verified: number;
  sealed: number;
}

/**
 * Walks the whole chain, from what retention has left to its head, and names the first row that is changed, missing or
 * inserted. Reads in batches, each in a transaction of its own: sealing and retention go on meanwhile. `witness`: a link
 * that somebody wrote down earlier, which the chain must still hold.
 */
export async function verifyChain(
  onProgress: (progress: Progress) => void = () => {},
  witness: Link | null = null,
): Promise<ChainReport> {
  const { checkpoints, fault, base } = await withSystem('audit verification', async (tx) => ({
    ...(await readCheckpoints(tx)),
    base: await readBase(tx),
  }));
  const { sealed } = await withSystem('audit verification', readChainState);
  const signed = new Map(checkpoints.map(({ position, hash }) => [position, hash]));
  if (witness) signed.set(witness.position, witness.hash);
  const start: Cursor = { ...base, key: null };
  let walked: Walk = { cursor: start, verified: 0, fault: null, done: false };
  while (!walked.done && !walked.fault) {
    walked = await walkOn(walked, signed);
    onProgress({ verified: walked.verified, sealed });
  }
  const { cursor, verified } = walked;
  const last = Math.max(...signed.keys(), 0);
  const state = await withSystem('audit verification', readChainState);
  return {
    ...state,
    verified,
    checkpoints: checkpoints.length,
    head: cursor.position > 0 ? { position: cursor.position, hash: cursor.hash } : null,
    fault: walked.fault ?? fault ?? cutOff(last, cursor),
  };
}

interface Walk {
  cursor: Cursor;
  verified: number;
  fault: ChainFault | null;
  done: boolean;
}

async function walkOn({ cursor, verified }: Walk, signed: ReadonlyMap<number, string>): Promise<Walk> {
  return await withSystem('audit verification', async (tx) => {
    const links = await readLinks(tx, cursor.position, BATCH);
    // Read after the links: where a retention took links from under this walk, its checkpoint is there by now.
    const base = await readBase(tx);
    if (base.position > cursor.position) {
      return { cursor: { ...base, key: null }, verified, fault: null, done: false };
    }
    const { good, fault } = walkLinks(cursor, links, signed);
    const inserted = await findInserted(tx, cursor, good);
    return {
      cursor: good,
      verified: verified + good.position - cursor.position,
      fault: inserted ?? fault,
      done: links.length === 0,
    };
  });
}

async function findInserted(
  tx: Parameters<typeof findUnsealedBetween>[0],
  from: Cursor,
  to: Cursor,
): Promise<ChainFault | null> {
  if (to.key === null || to.position === from.position) return null;
  const auditId = await findUnsealedBetween(tx, from.key, to.key as OrderKey);
  if (auditId === null) return null;
  return {
    kind: 'inserted',
    position: null,
    auditId,
    message: `Row ${auditId} was inserted among rows that are sealed, or its link was taken out.`,
  };
}

/** Links are missing at the end when something signed stood beyond it. */
function cutOff(last: number, head: Link): ChainFault | null {
  if (last <= head.position) return null;
  return {
    kind: 'cut_off',
    position: head.position + 1,
    auditId: null,
    message: `The chain ends at link ${head.position}, but there was a link ${last}: the newest rows were taken away.`,
  };
}
