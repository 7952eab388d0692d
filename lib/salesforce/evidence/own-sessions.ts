import { z } from 'zod';
import { quoteString } from '@/lib/soql/quote';
import type { SalesforceClient } from '../types';
import { instant, queryEvidence } from './query-evidence';
import type { AuthSessionRow, Evidence } from './types';

const row = z
  .object({
    Id: z.string(),
    UsersId: z.string().nullable(),
    CreatedDate: instant,
    LastModifiedDate: instant,
    NumSecondsValid: z.number(),
    SourceIp: z.string().nullable(),
    LoginType: z.string().nullable(),
    SessionType: z.string().nullable(),
    LoginHistoryId: z.string().nullable(),
    IsCurrent: z.boolean(),
  })
  .transform(
    (record): AuthSessionRow => ({
      id: record.Id,
      userId: record.UsersId,
      createdAt: record.CreatedDate,
      lastModifiedAt: record.LastModifiedDate,
      secondsValid: record.NumSecondsValid,
      sourceIp: record.SourceIp,
      loginType: record.LoginType,
      sessionType: record.SessionType,
      loginHistoryId: record.LoginHistoryId,
      isCurrent: record.IsCurrent,
    }),
  );

/** The live sessions of one Salesforce user (18-character id), newest first. One's own need no permission. */
export function readOwnSessions(
  client: SalesforceClient,
  { userId }: { userId: string },
): Promise<Evidence<AuthSessionRow>> {
  const soql = `SELECT Id, UsersId, CreatedDate, LastModifiedDate, NumSecondsValid, SourceIp, LoginType, SessionType, LoginHistoryId, IsCurrent FROM AuthSession WHERE UsersId = ${quoteString(userId)} ORDER BY CreatedDate DESC LIMIT 200`;
  return queryEvidence(client, soql, row);
}
