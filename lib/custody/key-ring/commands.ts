import { inArray, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { appendAudit } from '@/lib/audit/append';
import { listWaitingAnswers } from '@/lib/connections/spool/queries';
import type { SystemContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { changeRing, exportRing, keyRing } from '@/lib/keyring';
import { freshKey, writeRing } from '@/lib/keyring/key-source';
import { readKeyUsage } from '@/lib/vault/key-usage';

/** Adds a random key to the ring, as the active one or only to be distributed. Answers its name. Needs a system tx. */
export async function addKey(
  tx: Tx,
  ctx: SystemContext,
  { activate }: { activate: boolean },
): Promise<string> {
  await lockRing(tx);
  const { kid, value } = freshKey();
  const details = { origin: exportRing().origin, active: activate };
  await appendAudit(tx, ctx, { action: 'keyring.add_key', subjectId: kid, details });
  changeRing(({ active, keys }) => ({
    active: activate ? kid : active,
    keys: { ...keys, [kid]: { value } },
  }));
  return kid;
}

/** Makes a key that the ring holds the active one. Throws NOT_FOUND. */
export async function activateKey(tx: Tx, ctx: SystemContext, kid: string): Promise<void> {
  await lockRing(tx);
  const { origin, active } = requireKey(kid);
  const details = { origin, before: active };
  await appendAudit(tx, ctx, { action: 'keyring.activate', subjectId: kid, details });
  changeRing((contents) => ({ ...contents, active: kid }));
}

/**
 * Takes a key out of the ring for good. Throws NOT_FOUND, or CONFLICT while anything may need it: it is active, other
 * secrets are derived from it, stored values are sealed with it, or an answer that has not landed yet may be.
 */
export async function retireKey(tx: Tx, ctx: SystemContext, kid: string): Promise<void> {
  await lockRing(tx);
  const { origin, active } = requireKey(kid);
  if (kid === active) throw stillNeeded(kid, 'it is the active one', 'Rotate first: rotate-keys.');
  if (kid === keyRing().kids[0]) {
    throw stillNeeded(
      kid,
      "it is the first one, from which the database role's password is derived",
      'Keep it in the ring; it seals nothing any more. docs/operations.md, "Keys", says how to replace it.',
    );
  }
  const { values } = await readKeyUsage((work) => work(tx));
  const sealed = values.get(kid) ?? 0;
  if (sealed > 0) {
    throw stillNeeded(
      kid,
      `${sealed} stored values are sealed with it`,
      'Run rotate-keys --reseal-only first.',
    );
  }
  const unsettled = await countUnsettled(tx);
  if (unsettled > 0) {
    throw stillNeeded(
      kid,
      `${unsettled} connections wait for an answer of Salesforce, which may be sealed with it`,
      'Try again when none is refreshing, uncertain or disconnecting.',
    );
  }
  const spooled = (await listWaitingAnswers()).length;
  if (spooled > 0) {
    throw stillNeeded(
      kid,
      `${spooled} answers of Salesforce wait in the spool, which may be sealed with it`,
      'See them with: npm run admin -- spool',
    );
  }
  await appendAudit(tx, ctx, { action: 'keyring.retire', subjectId: kid, details: { origin } });
  changeRing(({ keys: { [kid]: _, ...keys }, ...contents }) => ({ ...contents, keys }));
}

/** The ring as JSON, for a backup apart from the data. `to` says where it goes, for the audit log. */
export async function exportKeyRing(tx: Tx, ctx: SystemContext, to: string): Promise<string> {
  const { origin, contents } = exportRing();
  const details = { origin, kids: Object.keys(contents.keys), to };
  await appendAudit(tx, ctx, { action: 'keyring.export', subjectId: contents.active, details });
  return writeRing(contents);
}

/** Of two commands that change the ring at once, the second reads what the first has written. */
async function lockRing(tx: Tx): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('orgdock key ring', 0))`);
}

function requireKey(kid: string): { origin: string; active: string } {
  const { origin, contents } = exportRing();
  if (Object.hasOwn(contents.keys, kid)) return { origin, active: contents.active };
  throw new AppError('NOT_FOUND', `The key ring in ${origin} holds no key '${kid}'.`, {
    nextStep: 'See the names with: npm run admin -- keys',
  });
}

function stillNeeded(kid: string, why: string, nextStep: string): AppError {
  return new AppError('CONFLICT', `The key '${kid}' stays: ${why}.`, { nextStep });
}

async function countUnsettled(tx: Tx): Promise<number> {
  return await tx.$count(
    connections,
    inArray(connections.state, ['refreshing', 'uncertain', 'disconnecting']),
  );
}
