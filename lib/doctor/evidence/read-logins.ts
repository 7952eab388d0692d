import { wordsOfTime } from '@/lib/connections/cause/words-of-time';
import type { CauseId } from '@/lib/doctor/catalogue/causes';
import { type Question, SILENT, type Testimony } from '@/lib/doctor/evidence/testimony';
import { readLoginHistory } from '@/lib/salesforce/evidence/login-history';
import type { LoginHistoryRow } from '@/lib/salesforce/evidence/types';
import type { SalesforceClient } from '@/lib/salesforce/types';

const MOST_ROWS = 50;
const MOST_SHOWN = 5;

/** Statuses of Login History that name a cause. “Expired access/refresh token” names none: every ended grant reads so. */
const MEANINGS: ReadonlyArray<readonly [RegExp, CauseId]> = [
  [/restricted ip|ip restricted/i, 'ip_restricted'],
  [/already being processed/i, 'refresh_in_flight'],
  [/inactive|frozen|locked out|not active/i, 'user_inactive'],
  [/not (?:admin )?approved|not authorized/i, 'user_not_approved'],
  [/blocked/i, 'app_blocked'],
  [/username-password flow disabled|invalid password/i, 'password_refused'],
  [/client (?:identifier|credentials)|invalid client/i, 'secret_refused'],
];

/** Failed logins, or the last one that succeeded. Of whatever app they are, so none of them tells the app’s label. */
export async function readLogins(
  client: SalesforceClient,
  { salesforceUserId, since }: Question,
): Promise<Testimony> {
  const answer = await readLoginHistory(client, {
    since,
    limit: MOST_ROWS,
    ...(salesforceUserId ? { userId: salesforceUserId } : {}),
  });
  if (answer.kind === 'not_permitted') {
    return { ...SILENT, missing: ['Login History needs the permission “Manage Users”.'] };
  }
  const failed = answer.rows.filter(({ status }) => status !== null && !/^success/i.test(status));
  const shown = failed.length > 0 ? failed : answer.rows.slice(0, 1);
  return {
    sentences: shown.slice(0, MOST_SHOWN).map(sentenceOf),
    missing: [],
    speaksFor: failed.flatMap(({ status }) => {
      const meaning = MEANINGS.find(([words]) => words.test(status ?? ''));
      return meaning ? [meaning[1]] : [];
    }),
  };
}

function sentenceOf({ loginTime, status, sourceIp, application }: LoginHistoryRow): string {
  const from = sourceIp ? ` from ${sourceIp}` : '';
  const by = application ? `, by ${application}` : '';
  return `LoginHistory, ${wordsOfTime(loginTime)}: ${status ?? 'no status'}${from}${by}.`;
}
