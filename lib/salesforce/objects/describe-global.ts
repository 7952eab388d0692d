import { z } from 'zod';
import { processWide } from '@/lib/registry';
import { BoundedCache } from '../bounded-cache';
import { answerInvalid, callSalesforce } from '../client';
import type { GlobalSobject, SalesforceClient } from '../types';

/** How long the list is used before Salesforce is asked, by ETag, whether it changed. */
const FRESH_MS = 10 * 60_000;
const MAX_LISTS = 200;

const schema = z.object({
  sobjects: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      labelPlural: z.string(),
      keyPrefix: z.string().nullable(),
      custom: z.boolean(),
      queryable: z.boolean(),
      searchable: z.boolean(),
      layoutable: z.boolean(),
    }),
  ),
});

interface Kept {
  etag: string | null;
  sobjects: GlobalSobject[];
}

/** Every object that this Salesforce user sees, cached per process. `cacheKey` is `<org> <user>`. */
export async function describeGlobal(client: SalesforceClient, cacheKey: string): Promise<GlobalSobject[]> {
  const key = `${cacheKey} ${client.apiVersion}`;
  const known = cache().fresh(key);
  if (known) return known.sobjects;
  const kept = cache().any(key);
  const answer = await callSalesforce(client, {
    path: '/sobjects',
    headers: kept?.etag ? { 'if-none-match': kept.etag } : {},
  });
  const next = answer.status === 304 && kept ? kept : readList(answer.body, answer.headers.etag);
  cache().set(key, next);
  return next.sobjects;
}

/** The list as it was read last, without a call; null: it was not read yet. */
export function knownSobjects(
  { apiVersion }: Pick<SalesforceClient, 'apiVersion'>,
  cacheKey: string,
): GlobalSobject[] | null {
  return cache().any(`${cacheKey} ${apiVersion}`)?.sobjects ?? null;
}

function readList(body: unknown, etag: string | undefined): Kept {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw answerInvalid();
  return { etag: etag ?? null, sobjects: parsed.data.sobjects };
}

function cache(): BoundedCache<Kept> {
  return processWide('salesforce.global-describes', () => new BoundedCache<Kept>(MAX_LISTS, FRESH_MS));
}
