import { salesforceClient } from '@/lib/connections/salesforce-client';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { salesforceLocaleToBcp47 } from '@/lib/format/locale';
import { listFavourites, listObjectPreferences } from '@/lib/records/preferences/queries';
import { sobjectSchema } from '@/lib/records/views/schema';
import { withRecords } from '@/lib/records/with-records';
import { describeGlobal, knownSobjects } from '@/lib/salesforce/objects/describe-global';
import { readRecordCounts } from '@/lib/salesforce/objects/record-counts';
import { arrangeObjects } from './arrange-objects';
import type { FavouriteObject, ObjectList, RecordCounts } from './types';

/** What one call may count: more names make its URL too long. */
const MAX_COUNTED = 200;

/** Every object that the reader may query. One API call, none while the list is cached. */
export async function listObjects(ctx: PersonContext, connection: ReadableConnection): Promise<ObjectList> {
  const preferences = await listObjectPreferences(ctx, connection);
  return withRecords(ctx, connection, async ({ client, reader }) => {
    const all = await describeGlobal(client, `${reader.orgId} ${reader.userId}`);
    return {
      connectionId: connection.id,
      objects: arrangeObjects(all, preferences),
      locale: salesforceLocaleToBcp47(reader.locale),
      calls: client.meter.calls,
      budget: client.meter.budget,
      asOf: new Date().toISOString(),
    };
  });
}

/** How many records objects have, as Salesforce counted them some time ago. One API call. Throws INVALID_INPUT. */
export async function countRecords(
  ctx: PersonContext,
  connection: ReadableConnection,
  sobjects: readonly string[],
): Promise<RecordCounts> {
  const isUsable = sobjects.every((name) => sobjectSchema.safeParse(name).success);
  if (!isUsable || sobjects.length === 0 || sobjects.length > MAX_COUNTED) {
    throw new AppError('INVALID_INPUT', `Name 1 to ${MAX_COUNTED} objects by their API names.`);
  }
  return withRecords(ctx, connection, async ({ client }) => ({
    counts: await readRecordCounts(client, sobjects),
    calls: client.meter.calls,
    budget: client.meter.budget,
    asOf: new Date().toISOString(),
  }));
}

/** The reader's favourites with their labels, or API names where the list of objects was not read yet. No API call. */
export async function favouriteObjects(
  ctx: PersonContext,
  connection: ReadableConnection,
): Promise<FavouriteObject[]> {
  const favourites = await listFavourites(ctx, connection);
  return favourites.map((name) => ({ name, label: knownPlural(ctx, connection, name) }));
}

/** What people call an object, where the list of objects was read already; else its API name. No API call. */
export function knownPlural(ctx: PersonContext, connection: ReadableConnection, sobject: string): string {
  const cacheKey = `${connection.orgId} ${connection.salesforceUserId}`;
  const known = knownSobjects(salesforceClient(connection, ctx.personId), cacheKey);
  const same = sobject.toLowerCase();
  return known?.find(({ name }) => name.toLowerCase() === same)?.labelPlural ?? sobject;
}
