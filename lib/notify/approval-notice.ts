import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';
import { approvalRequests } from '@/db/schema/provisioning';
import { singleRead } from '@/db/single-read';
import type { PersonContext } from '@/lib/context';
import { portalOrigin } from '@/lib/env';
import type { Mail } from '@/lib/notify/mail';
import type { Notice } from '@/lib/notify/types';

/** The request is done, and its person has neither connected since nor taken it back. */
const told = and(
  isNotNull(approvalRequests.doneAt),
  isNull(approvalRequests.endedAt),
  isNull(environments.deletedAt),
);

interface Done {
  environmentName: string;
  doneBy: 'salesforce_admin' | 'doctor' | null;
  doneNote: string;
}

/** That the way is free, in words. */
function words({ environmentName, doneBy }: Done): Pick<Notice, 'title' | 'text'> {
  const why =
    doneBy === 'doctor'
      ? `The org of ${environmentName} has let the app in`
      : `Your Salesforce administrator has let the app into ${environmentName}`;
  return { title: `${environmentName} can be connected`, text: `${why}: connect again.` };
}

/** What I am told of my requests to Salesforce administrators, until I connect or withdraw them. */
export async function listApprovalNotices({ personId }: PersonContext, within: Within): Promise<Notice[]> {
  const rows = await within(readDone({ personId }));
  return rows.map(({ id, ...done }) => ({ id, kind: 'approval_done', ...words(done), href: '/' }));
}

type Within = <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>;

const readDone = singleRead((tx) =>
  select(tx, eq(approvalRequests.personId, sql.placeholder('personId'))).orderBy(
    asc(approvalRequests.doneAt),
    asc(approvalRequests.id),
  ),
);

/** The mail to who waited. Null: it is not due, because they connected, withdrew, left or have no address. */
export async function readApprovalMail(tx: Tx, requestId: string): Promise<Mail | null> {
  const [row] = await select(
    tx,
    and(eq(approvalRequests.id, requestId), isNull(people.deactivatedAt), isNotNull(people.email)),
  );
  if (!row?.email) return null;
  const { title, text } = words(row);
  const note = row.doneNote === '' ? '' : `Their note:\n${row.doneNote}\n\n`;
  return {
    to: { name: row.displayName, address: row.email },
    subject: `Orgdock: ${title}`,
    text: `${text}\n\n${note}${portalOrigin()}/\n\nOrgdock says this once.\n`,
  };
}

function select(tx: Tx, where: Parameters<typeof and>[0]) {
  return tx
    .select({
      id: approvalRequests.id,
      environmentName: environments.name,
      doneBy: approvalRequests.doneBy,
      doneNote: approvalRequests.doneNote,
      displayName: people.displayName,
      email: people.email,
    })
    .from(approvalRequests)
    .innerJoin(environments, eq(environments.id, approvalRequests.environmentId))
    .innerJoin(people, eq(people.id, approvalRequests.personId))
    .where(and(told, where))
    .$dynamic();
}
