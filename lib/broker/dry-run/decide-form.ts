import type { DryRunForm } from '@/lib/broker/dry-run/types';
import { decideRun } from '@/lib/broker/named-queries/decide-run';
import { requireNamedQuery } from '@/lib/broker/named-queries/queries';
import { type Run, readRun } from '@/lib/broker/named-queries/read-run';
import { decide, decideNamedQuery } from '@/lib/broker/policy/decide';
import { understandRequest } from '@/lib/broker/policy/request/understand-request';
import type { CallSettings, Describe, Understanding } from '@/lib/broker/policy/types';
import type { Decision, KeyPolicy, PolicyRule } from '@/lib/broker/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';

interface Circumstances {
  policy: KeyPolicy;
  settings: CallSettings;
  apiVersion: string;
  describe: Describe;
}

/** `rule` null: what refuses is none of the policy's. `what` null: there is no such call. */
interface Decided {
  decision: Decision | { allowed: false; rule: PolicyRule | null; reason: string; because: string[] };
  what: Understanding | null;
}

/** Decides the call that a form asks about by the code that decides the call itself. Throws what `describe` throws. */
export async function decideForm(
  ctx: PersonContext,
  form: DryRunForm,
  { policy, settings, apiVersion, describe }: Circumstances,
): Promise<Decided> {
  if (form.kind === 'named_query') {
    const run = await readNamedRun(ctx, form);
    if (!(run instanceof AppError)) return await decideRun(policy, settings, run, describe);
    const named = decideNamedQuery(policy, form.query);
    return named.allowed ? notThere(run) : { decision: named, what: null };
  }
  const what = await understandRequest({
    ...requestOf(form, apiVersion),
    // Without limits of objects nobody asks where relationships lead.
    describe: policy.objects === null ? null : describe,
  });
  return { decision: decide(policy, settings, what), what };
}

/** The run, or why the call would be answered without asking any policy. */
async function readNamedRun(ctx: PersonContext, { query, values }: DryRunForm): Promise<Run | AppError> {
  const said = Object.entries(values).filter(([, value]) => value !== '');
  try {
    return readRun(await requireNamedQuery(ctx, query), new URLSearchParams(said));
  } catch (error) {
    if (error instanceof AppError && (error.code === 'NOT_FOUND' || error.code === 'INVALID_INPUT'))
      return error;
    throw error;
  }
}

function notThere({ message }: AppError): Decided {
  return { decision: { allowed: false, rule: null, reason: message, because: [] }, what: null };
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
