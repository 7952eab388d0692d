import { salesforceClient } from '@/lib/connections/salesforce-client';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { assertReadingHours } from '@/lib/custody/usage/assert-reading-hours';
import { countRows } from '@/lib/custody/usage/count-rows';
import { countAgainst } from '@/lib/limits/count';
import { assertReserve, noteBudget } from '@/lib/records/reserve';
import type { ApiMeter, SalesforceClient } from '@/lib/salesforce/types';

/** Who reads: field-level security, locators and formats are theirs. */
export interface Reader {
  orgId: string;
  userId: string;
  /** Salesforce key or BCP 47. */
  locale: string | null;
  /** IANA. */
  timeZone: string | null;
  defaultCurrency: string | null;
}

/** A connection through which its reader may read records now, with what its calls cost so far. */
export interface RecordsAccess {
  connection: ReadableConnection;
  client: SalesforceClient & { meter: ApiMeter };
  reader: Reader;
}

/**
 * The one way to records: refuses outside of the reading hours, within the org's reserve and beyond the reader's limit, and
 * counts the rows that Salesforce gave, whatever comes after. Throws ENVIRONMENT_CLOSED, API_RESERVE_REACHED, RATE_LIMITED, and what `work` throws.
 */
export async function withRecords<T>(
  ctx: PersonContext,
  connection: ReadableConnection,
  work: (access: RecordsAccess) => Promise<T>,
): Promise<T> {
  const { apiReservePercent } = await assertReadingHours(ctx, connection);
  assertReserve(connection, apiReservePercent);
  await countAgainst('records', ctx.personId);
  const meter: ApiMeter = { calls: 0, budget: null, rows: null };
  const reader: Reader = {
    orgId: connection.orgId,
    userId: connection.salesforceUserId,
    locale: ctx.locale ?? connection.locale,
    timeZone: ctx.timeZone ?? connection.timeZone,
    defaultCurrency: connection.defaultCurrency,
  };
  try {
    return await work({
      connection,
      client: { ...salesforceClient(connection, ctx.personId), meter },
      reader,
    });
  } finally {
    if (meter.budget !== null) noteBudget(connection, meter.budget);
    if (meter.rows !== null) void countRows(connection.id, ctx.personId, meter.rows);
  }
}
