import { z } from 'zod';
import { checkOrigin } from '@/lib/egress/hosts';
import { dataRequest } from '@/lib/egress/request';
import { AppError } from '@/lib/errors';
import { answerInvalid } from './client';
import type { ApiVersion } from './types';

/** Salesforce Knowledge article 005321531: up to 30.0 retired in Summer '25, up to 40.0 deprecated from Summer '27 on. */
const LAST_RETIRED = 30;
const LAST_DEPRECATED = 40;

const schema = z
  .array(z.object({ label: z.string().max(80), version: z.string().regex(/^\d{2,3}\.\d$/) }))
  .max(200);

/**
 * The API versions of an org, the newest first (`GET /services/data`, which needs no token). Throws HOST_*, TIMEOUT,
 * SALESFORCE_ANSWER_INVALID.
 */
export async function listApiVersions(origin: string): Promise<ApiVersion[]> {
  const response = await dataRequest({
    origin: checkOrigin(origin),
    path: '/services/data',
    headers: { accept: 'application/json' },
    timeoutMs: 10_000,
    maxBytes: 256 * 1024,
  });
  if (response.status !== 200) {
    throw new AppError('SALESFORCE_ANSWER_INVALID', 'The org did not say which API versions it has.', {
      nextStep: 'Check the address of the org, or enter the version yourself.',
      details: { status: String(response.status) },
    });
  }
  return read(response.text)
    .map(({ label, version }) => ({ label, version, state: stateOf(Number(version)) }))
    .sort((one, other) => Number(other.version) - Number(one.version));
}

function read(text: string): z.output<typeof schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw answerInvalid();
  }
}

function stateOf(version: number): ApiVersion['state'] {
  if (version <= LAST_RETIRED) return 'retired';
  return version <= LAST_DEPRECATED ? 'deprecated' : 'current';
}
