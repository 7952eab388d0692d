import { z } from 'zod';
import { checkOrigin } from '@/lib/egress/hosts';
import { type DataResponse, dataRequest } from '@/lib/egress/request';
import { AppError } from '@/lib/errors';
import { checkOf, green, unknown } from '@/lib/provisioning/preflight/checks/check';
import { fixHere } from '@/lib/provisioning/preflight/checks/setup-places';
import type { CheckResult } from '@/lib/provisioning/preflight/types';

const TIMEOUT_MS = 10_000;
/** The header has whole seconds, and the answer was on its way. */
const GOOD_SECONDS = 30;
/** Signed assertions and id_tokens are refused beyond two to three minutes. */
const BAD_SECONDS = 120;
/** Deprecated in Summer ’27, removed in Summer ’28 (Knowledge article 005321531). */
const LAST_DEPRECATED = 40;

const versionsSchema = z.array(z.object({ version: z.string() })).min(1);

/** The clock of the org against ours, and the API version, from one request that needs no token. */
export async function checkClockAndVersion(origin: string, apiVersion: string): Promise<CheckResult[]> {
  const before = Date.now();
  try {
    const answer = await dataRequest({
      origin: checkOrigin(origin),
      path: '/services/data',
      headers: { accept: 'application/json' },
      timeoutMs: TIMEOUT_MS,
    });
    const here = (before + Date.now()) / 2;
    return [checkClock(answer.headers.date, here), checkVersion(answer, apiVersion)];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [unknown('clock', error.message), unknown('api_version', error.message)];
  }
}

/** `date`: the header of an answer; `here`: our time at which it was written, milliseconds since 1970. */
export function checkClock(date: string | undefined, here: number): CheckResult {
  const there = Date.parse(date ?? '');
  if (Number.isNaN(there)) return unknown('clock', 'The org’s answer names no time.');
  const seconds = Math.round((here - there) / 1000);
  const size = Math.abs(seconds);
  const side = seconds > 0 ? 'ahead of' : 'behind';
  const evidence =
    size <= 1
      ? 'This server’s clock and the org’s differ by a second at most.'
      : `This server’s clock is ${inWords(size)} ${side} the org’s.`;
  if (size <= GOOD_SECONDS) return green('clock', evidence);
  const fix = fixHere('Let this server take its time from a time server (NTP).');
  const effect = 'Salesforce refuses signed assertions that are more than three minutes off.';
  return checkOf('clock', { state: size > BAD_SECONDS ? 'red' : 'amber', evidence: [evidence, effect], fix });
}

function checkVersion({ status, text }: DataResponse, apiVersion: string): CheckResult {
  const parsed = versionsSchema.safeParse(status === 200 ? parseJson(text) : null);
  if (!parsed.success) {
    return unknown('api_version', `The list of versions was not understood (HTTP ${status}).`);
  }
  const versions = parsed.data.map(({ version }) => version);
  const [oldest, newest] = [versions[0], versions.at(-1)];
  const range = `The org offers ${oldest} to ${newest}.`;
  const fix = fixHere(`Set the API version of this environment to ${newest}.`);
  if (!versions.includes(apiVersion)) {
    const evidence = [`The org does not offer version ${apiVersion}.`, range];
    return checkOf('api_version', { state: 'red', evidence, fix });
  }
  if (Number(apiVersion) <= LAST_DEPRECATED) {
    const evidence = [`Salesforce removes version ${apiVersion} in Summer ’28.`, range];
    return checkOf('api_version', { state: 'amber', evidence, fix });
  }
  return green('api_version', `The org offers version ${apiVersion}.`, range);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function inWords(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} minutes`;
  return `${Math.round(seconds / 3_600)} hours`;
}
