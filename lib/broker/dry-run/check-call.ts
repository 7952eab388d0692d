import { checkPortal } from '@/lib/broker/dry-run/check-portal';
import { decideForm } from '@/lib/broker/dry-run/decide-form';
import { noteDescribes } from '@/lib/broker/dry-run/note-describes';
import { parseDryRun } from '@/lib/broker/dry-run/schema';
import type { Check, DryRun, TouchedObject } from '@/lib/broker/dry-run/types';
import { getKey } from '@/lib/broker/keys/queries';
import type { Touch } from '@/lib/broker/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';

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
  const settings = {
    at,
    address: form.address === '' ? null : form.address,
    environmentId: place.environmentId,
    connectionId: form.connectionId,
    today: sameDay(at, new Date()) ? detail.today : { calls: 0, rows: 0 },
  };
  const asked = noteDescribes(ctx, detail, form.connectionId);
  const { decision, what } = await decideForm(ctx, form, {
    ...{ policy: detail.key.policy, settings, apiVersion: place.apiVersion, describe: asked.describe },
  });
  const portalRefuses = place.checks.some(({ passes }) => !passes);
  const verdict: Check[] = decision.allowed ? [] : [{ passes: false, text: decision.reason }];
  return {
    allowed: decision.allowed && !portalRefuses,
    rule: decision.allowed ? null : decision.rule,
    checks: [...place.checks, ...decision.because.map((text) => ({ passes: true, text })), ...verdict],
    ...(what === null || 'refused' in what
      ? { touches: null, family: null, writes: null }
      : { touches: byObject(what.touches), family: what.family, writes: what.rows }),
    ...asked.noted,
  };
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
