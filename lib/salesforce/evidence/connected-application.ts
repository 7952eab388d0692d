import { z } from 'zod';
import { quoteString } from '@/lib/soql/quote';
import type { SalesforceClient } from '../types';
import { queryEvidence } from './query-evidence';
import type { ConnectedApplicationRow, Evidence } from './types';

const row = z
  .object({
    Id: z.string(),
    Name: z.string(),
    OptionsAllowAdminApprovedUsersOnly: z.boolean(),
    OptionsRefreshTokenValidityMetric: z.boolean(),
    RefreshTokenValidityPeriod: z.number().nullable(),
  })
  .transform(
    (record): ConnectedApplicationRow => ({
      id: record.Id,
      name: record.Name,
      adminApprovedUsersOnly: record.OptionsAllowAdminApprovedUsersOnly,
      refreshTokenValidityPeriod: record.RefreshTokenValidityPeriod,
      validityCountsFromLastUse: record.OptionsRefreshTokenValidityMetric,
    }),
  );

/** The installed apps of this label: none, when the app is not installed. For administrators of the org. */
export function readConnectedApplication(
  client: SalesforceClient,
  label: string,
): Promise<Evidence<ConnectedApplicationRow>> {
  const soql = `SELECT Id, Name, OptionsAllowAdminApprovedUsersOnly, OptionsRefreshTokenValidityMetric, RefreshTokenValidityPeriod FROM ConnectedApplication WHERE Name = ${quoteString(label)}`;
  return queryEvidence(client, soql, row);
}
