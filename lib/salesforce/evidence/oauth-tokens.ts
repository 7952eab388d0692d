import { z } from 'zod';
import { quoteString } from '@/lib/soql/quote';
import type { SalesforceClient } from '../types';
import { instant, queryEvidence } from './query-evidence';
import type { Evidence, OauthTokenRow } from './types';

const row = z
  .object({
    Id: z.string(),
    AppName: z.string().nullable(),
    AppMenuItemId: z.string().nullable(),
    UserId: z.string().nullable(),
    CreatedDate: instant,
    LastUsedDate: instant.nullable(),
    UseCount: z.number().nullable(),
  })
  .transform(
    (record): OauthTokenRow => ({
      id: record.Id,
      appName: record.AppName,
      userId: record.UserId,
      createdAt: record.CreatedDate,
      lastUsedAt: record.LastUsedDate,
      useCount: record.UseCount ?? 0,
      isAppInstalled: record.AppMenuItemId !== null,
    }),
  );

export interface OauthTokenQuestion {
  /** 18-character id; left out: every grant that this user may see. */
  userId?: string;
  /** The app's label in the org. */
  appName?: string;
}

/** Grants as the org keeps them, newest first: one's own, or everybody's with Customize Application. */
export function readOauthTokens(
  client: SalesforceClient,
  { userId, appName }: OauthTokenQuestion = {},
): Promise<Evidence<OauthTokenRow>> {
  const conditions = [
    ...(userId === undefined ? [] : [`UserId = ${quoteString(userId)}`]),
    ...(appName === undefined ? [] : [`AppName = ${quoteString(appName)}`]),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const soql = `SELECT Id, AppName, AppMenuItemId, UserId, CreatedDate, LastUsedDate, UseCount FROM OauthToken${where} ORDER BY CreatedDate DESC LIMIT 2000`;
  return queryEvidence(client, soql, row);
}
