import { inArray } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { apiKeys } from '@/db/schema/broker/keys';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { people } from '@/db/schema/people';

interface Subject {
  subjectType: string;
  subjectId: string;
}

export interface KnownSubject {
  name: string | null;
  /** The page of it; of a person: what they did. */
  href: string | null;
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const GONE: KnownSubject = { name: null, href: null };

/** The names of what entries were done to, for a reader of everybody's custody. What is gone has none. */
export async function readSubjects(
  tx: Tx,
  subjects: readonly Subject[],
): Promise<(subject: Subject) => KnownSubject> {
  const idsOf = (type: string) => [
    ...new Set(
      subjects
        .filter(({ subjectType, subjectId }) => subjectType === type && UUID.test(subjectId))
        .map(({ subjectId }) => subjectId),
    ),
  ];
  const known = new Map([
    ...(await readEnvironments(tx, idsOf('environment'))),
    ...(await readConnections(tx, idsOf('connection'))),
    ...(await readPeople(tx, idsOf('person'))),
    ...(await readKeys(tx, idsOf('api_key'))),
  ]);
  return ({ subjectType, subjectId }) => known.get(`${subjectType} ${subjectId}`) ?? GONE;
}

type Known = Array<[string, KnownSubject]>;

async function readEnvironments(tx: Tx, ids: string[]): Promise<Known> {
  if (ids.length === 0) return [];
  const rows = await tx.select().from(environments).where(inArray(environments.id, ids));
  return rows.map(({ id, name, slug }) => [
    `environment ${id}`,
    { name, href: `/admin/environments/${slug}` },
  ]);
}

async function readConnections(tx: Tx, ids: string[]): Promise<Known> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ id: connections.id, name: connections.name, username: connections.username })
    .from(connections)
    .where(inArray(connections.id, ids));
  return rows.map(({ id, name, username }) => [
    `connection ${id}`,
    { name: name ?? username, href: `/admin/connections/${id}` },
  ]);
}

async function readPeople(tx: Tx, ids: string[]): Promise<Known> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ id: people.id, name: people.displayName })
    .from(people)
    .where(inArray(people.id, ids));
  return rows.map(({ id, name }) => [`person ${id}`, { name, href: `/admin/audit?person=${id}&period=all` }]);
}

async function readKeys(tx: Tx, ids: string[]): Promise<Known> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ id: apiKeys.id, name: apiKeys.name })
    .from(apiKeys)
    .where(inArray(apiKeys.id, ids));
  return rows.map(({ id, name }) => [`api_key ${id}`, { name, href: `/admin/api-keys/${id}` }]);
}
