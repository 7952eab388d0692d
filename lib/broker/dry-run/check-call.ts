import { checkPortal } from '@/lib/broker/dry-run/check-portal';
import { parseDryRun } from '@/lib/broker/dry-run/schema';
import type { Check, DryRun, DryRunForm, TouchedObject } from '@/lib/broker/dry-run/types';
import { getKey } from '@/lib/broker/keys/queries';
import type { KeyDetail } from '@/lib/broker/keys/types';
import { decide } from '@/lib/broker/policy/decide';
import { understandRequest } from '@/lib/broker/policy/request/understand-request';
import type { Describe, Understanding } from '@/lib/broker/policy/types';
import type { Touch } from '@/lib/broker/types';
import { requireReadable } from '@/lib/connections/queries';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { withRecords } from '@/lib/records/with-records';
import { describeIfVisible } from '@/lib/salesforce/describe';

/**
 * Tells whether a key would be allowed a call, and why, without making it. Salesforce is asked for nothing but describes,
 * and only by the owner, whose connection it is. Throws NOT_FOUND, INVALID_INPUT, CONFLICT (only the owner can tell), and
 * what a describe throws.
 */
export async function checkCall(
  ctx: PersonContext,
  keyId: string,
  input: Record<string, unknown>,
): Promise<DryRun> {
  const form = parseDryRun(input);
  const detail = await getKey(ctx, keyId);
  if (!detail) throw new AppError('NOT_FOUND', 'There is no such API key.');
  const at = form.at === '' ? new Date() : new Date(`${form.at}Z`);
  const place = await checkPortal(ctx, detail, { connectionId: form.connectionId, at });
  const { what, described, calls } = await understand(ctx, detail, form, place.apiVersion);
  const decision = decide(
    detail.key.policy,
    {
      at,
      address: form.address === '' ? null : form.address,
      environmentId: place.environmentId,
      connectionId: form.connectionId,
      today: sameDay(at, new Date()) ? detail.today : { calls: 0, rows: 0 },
    },
    what,
  );
  const portalRefuses = place.checks.some(({ passes }) => !passes);
  const verdict: Check[] = decision.allowed ? [] : [{ passes: false, text: decision.reason }];
  return {
    allowed: decision.allowed && !portalRefuses,
    rule: decision.allowed ? null : decision.rule,
    checks: [...place.checks, ...decision.because.map((text) => ({ passes: true, text })), ...verdict],
    ...('refused' in what
      ? { touches: null, family: null, writes: null }
      : { touches: byObject(what.touches), family: what.family, writes: what.rows }),
    described,
    calls,
  };
}

async function understand(
  ctx: PersonContext,
  { key, isOwn }: KeyDetail,
  form: DryRunForm,
  apiVersion: string,
): Promise<{ what: Understanding; described: string[]; calls: number }> {
  const described: string[] = [];
  let calls = 0;
  const describe: Describe = async (sobject) => {
    if (!isOwn) throw onlyOwner(sobject);
    const connection = await requireReadable(ctx, form.connectionId);
    return await withRecords(ctx, connection, async ({ client, reader }) => {
      const found = await describeIfVisible(client, sobject, `${reader.orgId} ${reader.userId}`);
      if (found && !described.includes(found.name)) described.push(found.name);
      calls += client.meter.calls;
      return found;
    });
  };
  const what = await understandRequest({
    ...requestOf(form, apiVersion),
    // Without limits of objects nobody asks where relationships lead.
    describe: key.policy.objects === null ? null : describe,
  });
  return { what, described, calls };
}

function requestOf({ kind, soql, method, path, body }: DryRunForm, apiVersion: string) {
  if (kind === 'soql') {
    const target = `/services/data/v${apiVersion}/query?q=${encodeURIComponent(soql)}`;
    return { method: 'GET', target, headers: new Headers(), body: null };
  }
  const isWritten = body.trim() !== '' && method !== 'GET' && method !== 'HEAD';
  const headers = new Headers(isWritten ? { 'content-type': 'application/json' } : {});
  return { method, target: path.trim(), headers, body: isWritten ? body : null };
}

function onlyOwner(sobject: string): AppError {
  return new AppError(
    'CONFLICT',
    `Whether it is allowed depends on what ${sobject} looks like to the owner.`,
    {
      nextStep: 'Only the owner’s own dry run asks Salesforce that.',
    },
  );
}

function byObject(touches: readonly Touch[]): TouchedObject[] {
  const objects = new Map<string, TouchedObject>();
  for (const { sobject, operation, field } of touches) {
    const known = objects.get(sobject) ?? { sobject, operations: [], fields: [] };
    objects.set(sobject, known);
    if (!known.operations.includes(operation)) known.operations.push(operation);
    if (field !== null && !known.fields.includes(field)) known.fields.push(field);
  }
  return [...objects.values()];
}

const sameDay = (one: Date, other: Date) =>
  one.toISOString().slice(0, 10) === other.toISOString().slice(0, 10);
