import { eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { withActor } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import type { KnownName } from '@/lib/broker/types';
import { listConnections } from '@/lib/connections/queries';
import type { PersonContext } from '@/lib/context';
import { listConnectableEnvironments } from '@/lib/environments/queries';
import { parseForm } from '@/lib/form';
import { recordsNotForAuditors } from '@/lib/people/access/refusals';
import { arrangeObjects, MAIN_OBJECTS } from '@/lib/records/objects/arrange-objects';
import { knownDescribe } from '@/lib/salesforce/describe';
import { knownSobjects } from '@/lib/salesforce/objects/describe-global';

const ids = z.array(z.string().max(40)).max(500).nullable();

const askedSchema = z.object({
  environments: ids,
  connections: ids,
  sobject: z.string().max(80).nullable(),
});

/**
 * Names that a policy for these places may name: fields of an object, or objects where none is said. They come from what
 * this process read through connections that the person may use; Salesforce is asked nothing. Where no list of objects
 * was read yet, those that nearly every org has. Throws INVALID_INPUT, RECORDS_NOT_FOR_AUDITORS.
 */
export async function listKnownNames(ctx: PersonContext, asked: unknown): Promise<KnownName[]> {
  if (ctx.role === 'auditor') throw recordsNotForAuditors();
  const { sobject, ...places } = parseForm(askedSchema, asked, 'No names were looked up');
  const users = await readUsers(ctx, places);
  if (sobject !== null) return fieldsOf(users, sobject);
  const objects = objectsOf(users);
  return objects.length > 0 ? objects : MAIN_OBJECTS.map((name) => ({ name, label: name }));
}

interface SalesforceUser {
  apiVersion: string;
  cacheKey: string;
}

/** The Salesforce users as whom the person reads there. */
async function readUsers(
  ctx: PersonContext,
  places: Pick<z.infer<typeof askedSchema>, 'environments' | 'connections'>,
): Promise<SalesforceUser[]> {
  const open = new Set((await listConnectableEnvironments(ctx)).map(({ id }) => id));
  const held = (await listConnections(ctx)).filter(
    ({ id, environment }) =>
      open.has(environment.id) &&
      (places.environments?.includes(environment.id) ?? true) &&
      (places.connections?.includes(id) ?? true),
  );
  if (held.length === 0) return [];
  const rows = await withActor(ctx, (tx) =>
    tx
      .select({
        orgId: connections.orgId,
        userId: connections.salesforceUserId,
        apiVersion: environments.apiVersion,
      })
      .from(connections)
      .innerJoin(environments, eq(environments.id, connections.environmentId))
      .where(
        inArray(
          connections.id,
          held.map(({ id }) => id),
        ),
      ),
  );
  return rows.map(({ orgId, userId, apiVersion }) => ({ apiVersion, cacheKey: `${orgId} ${userId}` }));
}

function objectsOf(users: readonly SalesforceUser[]): KnownName[] {
  const found = users.flatMap((user) => knownSobjects(user, user.cacheKey) ?? []);
  const each = [...new Map(found.map((sobject) => [sobject.name, sobject])).values()];
  return arrangeObjects(each, []).map(({ name, label }) => ({ name, label }));
}

/** `sobject`: as it is typed, so in whatever case. */
function fieldsOf(users: readonly SalesforceUser[], sobject: string): KnownName[] {
  const typed = sobject.toLowerCase();
  const name = objectsOf(users).find((one) => one.name.toLowerCase() === typed)?.name ?? sobject;
  const found = users.flatMap((user) => knownDescribe(user, name, user.cacheKey)?.fields ?? []);
  const each = new Map(found.map((field) => [field.name, { name: field.name, label: field.label }]));
  return [...each.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
