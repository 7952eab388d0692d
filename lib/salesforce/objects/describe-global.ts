import { z } from 'zod';
import { processWide } from '@/lib/registry';
import { answerInvalid } from '../client';
import { TaggedAnswers } from '../tagged-answers';
import type { GlobalSobject, SalesforceClient } from '../types';

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

/** Every object that this Salesforce user sees, cached per process. `cacheKey` is `<org> <user>`. */
export function describeGlobal(client: SalesforceClient, cacheKey: string): Promise<GlobalSobject[]> {
  return lists().get(client, '/sobjects', `${cacheKey} ${client.apiVersion}`);
}

/** The list as it was read last, without a call; null: it was not read yet. */
export function knownSobjects(
  { apiVersion }: Pick<SalesforceClient, 'apiVersion'>,
  cacheKey: string,
): GlobalSobject[] | null {
  return lists().known(`${cacheKey} ${apiVersion}`);
}

function readList(body: unknown): GlobalSobject[] {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw answerInvalid();
  return parsed.data.sobjects;
}

function lists(): TaggedAnswers<GlobalSobject[]> {
  return processWide('salesforce.global-describes', () => new TaggedAnswers(MAX_LISTS, readList));
}
