import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { formatDate } from '@/lib/format/dates';
import { salesforceLocaleToBcp47 } from '@/lib/format/locale';
import { listFavourites } from '@/lib/records/preferences/queries';
import { type RecordsAccess, withRecords } from '@/lib/records/with-records';
import { describeSobject } from '@/lib/salesforce/describe';
import { describeGlobal } from '@/lib/salesforce/objects/describe-global';
import { searchRecords } from '@/lib/salesforce/objects/search';
import type { FoundRecord } from '@/lib/salesforce/types';
import { searchTerm } from '@/lib/soql/search-term';
import { fieldsToShow, type SearchedObject, searchedObjects } from './searched-objects';
import type { SearchAnswer, SearchGroup } from './types';

/** Results of one object: what fits a list that is read at a glance. */
const HITS_OF_OBJECT = 6;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Searches the main objects of a connection and the reader's favourites. Costs one API call once the list of objects is
 * cached; field-level security that has changed costs the describes anew. Throws INVALID_INPUT for less than two letters.
 */
export async function searchConnection(
  ctx: PersonContext,
  connection: ReadableConnection,
  text: string,
): Promise<SearchAnswer> {
  const q = searchTerm(text);
  if (q === null) {
    throw new AppError('INVALID_INPUT', 'This is too short to search for.', {
      nextStep: 'Type at least two letters or digits.',
    });
  }
  const favourites = await listFavourites(ctx, connection);
  return withRecords(ctx, connection, async (access) => {
    const { client, reader } = access;
    const cacheKey = `${reader.orgId} ${reader.userId}`;
    const objects = searchedObjects(await describeGlobal(client, cacheKey), favourites);
    const { asked, found } = await search(access, cacheKey, { q, objects });
    const locale = salesforceLocaleToBcp47(reader.locale);
    return {
      groups: asked.flatMap((object) => groupOf(object, found, locale) ?? []),
      searched: asked.map(({ sobject }) => sobject.labelPlural),
      locale,
      calls: client.meter.calls,
      budget: client.meter.budget,
      asOf: new Date().toISOString(),
    };
  });
}

interface Search {
  q: string;
  objects: ReturnType<typeof searchedObjects>;
}

/** A field may be hidden from this reader: then the objects are described, and what is visible is asked for, once. */
async function search(access: RecordsAccess, cacheKey: string, { q, objects }: Search) {
  const plan = () => objects.flatMap((object) => fieldsToShow(object, access.client, cacheKey) ?? []);
  const asked = plan();
  try {
    return { asked, found: await ask(access, q, asked) };
  } catch (error) {
    if (!(error instanceof AppError && error.salesforce?.error === 'INVALID_FIELD')) throw error;
    for (const { name } of objects) await describeSobject(access.client, name, cacheKey, { fresh: true });
    const again = plan();
    return { asked: again, found: await ask(access, q, again) };
  }
}

async function ask({ client }: RecordsAccess, q: string, asked: SearchedObject[]): Promise<FoundRecord[]> {
  if (asked.length === 0) return [];
  return searchRecords(client, {
    q,
    overallLimit: asked.length * HITS_OF_OBJECT,
    sobjects: asked.map(({ sobject, nameField, details }) => ({
      name: sobject.name,
      fields: [nameField, ...details],
      limit: HITS_OF_OBJECT,
    })),
  });
}

function groupOf(
  { sobject, nameField, details }: SearchedObject,
  found: readonly FoundRecord[],
  locale: string,
): SearchGroup | null {
  const records = found.filter((record) => record.sobject === sobject.name);
  if (records.length === 0) return null;
  return {
    sobject: sobject.name,
    labelPlural: sobject.labelPlural,
    isFull: records.length >= HITS_OF_OBJECT,
    hits: records.map(({ id, fields }) => ({
      id,
      name: textOf(fields[nameField], locale) || id,
      detail: details
        .map((name) => textOf(fields[name], locale))
        .filter((text) => text !== '')
        .join(' · '),
    })),
  };
}

function textOf(value: unknown, locale: string): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  return DAY.test(text) ? formatDate(text, { locale }) : text;
}
