/** A record's page in Lightning, below the org's address. `recordId` and `sobject` come from Salesforce. */
export function lightningRecordPath(sobject: string, recordId: string): string {
  return `/lightning/r/${encodeURIComponent(sobject)}/${encodeURIComponent(recordId)}/view`;
}
