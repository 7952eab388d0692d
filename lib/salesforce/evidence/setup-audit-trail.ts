import { z } from 'zod';
import { dateTimeLiteral, quoteString } from '@/lib/soql/quote';
import type { SalesforceClient } from '../types';
import { instant, queryEvidence } from './query-evidence';
import type { Evidence, SetupAuditTrailRow } from './types';

const row = z
  .object({
    Id: z.string(),
    Action: z.string(),
    Section: z.string().nullable(),
    Display: z.string().nullable(),
    CreatedDate: instant,
    CreatedById: z.string().nullable(),
  })
  .transform(
    ({ Id, Action, Section, Display, CreatedDate, CreatedById }): SetupAuditTrailRow => ({
      id: Id,
      action: Action,
      section: Section,
      display: Display,
      createdAt: CreatedDate,
      createdById: CreatedById,
    }),
  );

export interface SetupAuditTrailQuestion {
  since: Date;
  /** Salesforce's names of actions; left out or empty: all of them. */
  actions?: readonly string[];
}

/** Changes in Setup, newest first, at most 2,000. Needs View Setup; Salesforce keeps 180 days. */
export function readSetupAuditTrail(
  client: SalesforceClient,
  { since, actions = [] }: SetupAuditTrailQuestion,
): Promise<Evidence<SetupAuditTrailRow>> {
  const ofActions = actions.length === 0 ? '' : ` AND Action IN (${actions.map(quoteString).join(', ')})`;
  const soql = `SELECT Id, Action, Section, Display, CreatedDate, CreatedById FROM SetupAuditTrail WHERE CreatedDate >= ${dateTimeLiteral(since)}${ofActions} ORDER BY CreatedDate DESC LIMIT 2000`;
  return queryEvidence(client, soql, row);
}
