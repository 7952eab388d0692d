import { z } from 'zod';
import { wordsOfTime } from '@/lib/connections/cause/words-of-time';
import type { CauseId } from '@/lib/doctor/catalogue/causes';
import { type Question, SILENT, type Testimony } from '@/lib/doctor/evidence/testimony';
import { readSetupAuditTrail } from '@/lib/salesforce/evidence/setup-audit-trail';
import type { SetupAuditTrailRow } from '@/lib/salesforce/evidence/types';
import { runQuery } from '@/lib/salesforce/query';
import type { SalesforceClient } from '@/lib/salesforce/types';
import { quoteString } from '@/lib/soql/quote';

const MOST_SHOWN = 6;

/** Changes in Setup that can end a grant or keep one from being given, by Salesforce’s words for them. */
const MEANINGS: ReadonlyArray<readonly [RegExp, CauseId | null]> = [
  [/^blocked the app|blockedconnectedapp/i, 'app_blocked'],
  [/uninstalled/i, 'app_not_installed'],
  [/consumer secret/i, 'grant.secret_rotated'],
  [/revoked/i, 'grant.revoked'],
  [/deactivated|frozeuser|^froze user/i, 'grant.user_inactive'],
  [/changed password|changedpassword/i, 'grant.password_changed'],
  [/username-password flow/i, 'password_refused'],
  [/ip range|ip relax|trusted ip/i, 'ip_restricted'],
  [/preapproved|permitted users/i, 'user_not_approved'],
  [/oauthenabled/i, 'flow_disabled'],
  [/connected ?app|external client app|refresh token|oauth|session/i, null],
];

/** Who changed what in Setup, the newest first: of apps and sessions, and of the failing user. */
export async function readSetupChanges(
  client: SalesforceClient,
  { since, username }: Question,
): Promise<Testimony> {
  const answer = await readSetupAuditTrail(client, { since });
  if (answer.kind === 'not_permitted') {
    return { ...SILENT, missing: ['Setup Audit Trail needs the permission “View Setup and Configuration”.'] };
  }
  const telling = answer.rows
    .map((row) => ({ row, meaning: meaningOf(row) }))
    .filter(({ row, meaning }) => meaning !== undefined && isAbout(row, username))
    .slice(0, MOST_SHOWN);
  const names = await readNames(
    client,
    telling.map(({ row }) => row.createdById),
  );
  return {
    sentences: telling.map(({ row }) => sentenceOf(row, names)),
    missing: [],
    speaksFor: telling.flatMap(({ meaning }) => meaning?.[1] ?? []),
  };
}

function meaningOf({ action, display }: SetupAuditTrailRow) {
  return MEANINGS.find(([words]) => words.test(display ?? '') || words.test(action));
}

/** A change of a user counts only when it is the user of this failure. */
function isAbout({ section, display }: SetupAuditTrailRow, username: string | null): boolean {
  if (!/user/i.test(section ?? '')) return true;
  return username !== null && (display ?? '').toLowerCase().includes(username.toLowerCase());
}

function sentenceOf(
  { display, action, createdAt, createdById }: SetupAuditTrailRow,
  names: Map<string, string>,
) {
  const who = names.get(createdById ?? '') ?? 'Salesforce or an unknown user';
  return `SetupAuditTrail: ${who} on ${wordsOfTime(createdAt)}: ${display ?? action}.`;
}

const userRow = z.object({ Id: z.string(), Name: z.string() });

async function readNames(client: SalesforceClient, ids: Array<string | null>): Promise<Map<string, string>> {
  const known = [...new Set(ids)].filter((id) => id !== null);
  if (known.length === 0) return new Map();
  const soql = `SELECT Id, Name FROM User WHERE Id IN (${known.map(quoteString).join(', ')})`;
  const { records } = await runQuery(client, soql, { batchSize: 200 });
  return new Map(
    z
      .array(userRow)
      .parse(records)
      .map(({ Id, Name }) => [Id, Name]),
  );
}
