import { z } from 'zod';
import { dateTimeLiteral, quoteString } from '@/lib/soql/quote';
import type { SalesforceClient } from '../types';
import { instant, queryEvidence } from './query-evidence';
import type { Evidence, LoginHistoryRow } from './types';

const COLUMNS = 'Id, UserId, LoginTime, LoginType, SourceIp, Status, Application';

const row = z
  .object({
    Id: z.string(),
    UserId: z.string(),
    LoginTime: instant,
    LoginType: z.string().nullable(),
    SourceIp: z.string().nullable(),
    Status: z.string().nullable(),
    Application: z.string().nullable(),
  })
  .transform(
    ({ Id, UserId, LoginTime, LoginType, SourceIp, Status, Application }): LoginHistoryRow => ({
      id: Id,
      userId: UserId,
      loginTime: LoginTime,
      loginType: LoginType,
      sourceIp: SourceIp,
      status: Status,
      application: Application,
    }),
  );

export interface LoginHistoryQuestion {
  /** 18-character id; left out: every user's. */
  userId?: string;
  since: Date;
  /** Newest rows that are wanted, at most 2,000. */
  limit: number;
}

/** Logins, newest first. Needs Manage Users in Salesforce. */
export function readLoginHistory(
  client: SalesforceClient,
  { userId, since, limit }: LoginHistoryQuestion,
): Promise<Evidence<LoginHistoryRow>> {
  const ofUser = userId === undefined ? '' : ` AND UserId = ${quoteString(userId)}`;
  const soql = `SELECT ${COLUMNS} FROM LoginHistory WHERE LoginTime >= ${dateTimeLiteral(since)}${ofUser} ORDER BY LoginTime DESC LIMIT ${limit}`;
  return queryEvidence(client, soql, row);
}

/** One login by its id, as a session names it: one row or none. Needs Manage Users in Salesforce. */
export function readLogin(client: SalesforceClient, id: string): Promise<Evidence<LoginHistoryRow>> {
  return queryEvidence(client, `SELECT ${COLUMNS} FROM LoginHistory WHERE Id = ${quoteString(id)}`, row);
}
