import type { SpendOptions, SpendRequest } from '@/lib/egress/spend';
import type { SpendResult } from '@/lib/egress/types';
import { type NetworkFault, nameOf } from './faults';
import { answered, type Course, courseOf, html, refusal } from './salesforce';
import { currentProcess, gate, type VirtualProcess } from './world';

type Answer = Extract<SpendResult, { kind: 'answered' }>;

/** Stands in for `spendOnce`: the same promises to its caller, a Salesforce in memory, virtual time. */
export async function spendInWorld(request: SpendRequest, options: SpendOptions = {}): Promise<SpendResult> {
  const process = currentProcess();
  if (!process) throw new Error('a token request from nowhere');
  await gate(process);
  const { pathname } = new URL(request.url);
  const token = request.form.get(pathname.endsWith('/token') ? 'refresh_token' : 'token') ?? '';
  if (options.mayStillSend && !options.mayStillSend()) {
    return { kind: 'unsent', code: 'DEADLINE_PASSED', reason: 'the time in which it might be sent was over' };
  }
  // In the same tick as the question: whatever stops the process now, the request is in the socket.
  const result = answerOf(process, pathname, token);
  const answer = await result;
  await gate(process);
  return answer;
}

async function answerOf(process: VirtualProcess, pathname: string, token: string): Promise<SpendResult> {
  const { salesforce } = process.world;
  if (pathname.endsWith('/revoke')) return salesforce.revoke(token);
  if (pathname.endsWith('/introspect')) return answered(200, { active: salesforce.introspect(token) });
  salesforce.sent(token);
  return await refreshed(process, token, courseOf(takeNetworkFault(process)));
}

function takeNetworkFault({ world }: VirtualProcess): NetworkFault | null {
  const fault = world.armed.find(({ step }) => step === 'network');
  if (fault?.step !== 'network') return null;
  world.armed = world.armed.filter((one) => one !== fault);
  world.hits.push(nameOf(fault));
  return fault.what;
}

async function refreshed(process: VirtualProcess, token: string, course: Course): Promise<SpendResult> {
  const { world } = process;
  // Time passes for Salesforce whatever becomes of the process.
  const edge = { ...process, dead: false };
  // Only Salesforce's own answer can bring the new token to anybody.
  const attemptId = course.answer === 'own' ? process.sending : 'nobody';
  const work = () => world.salesforce.process(token, { attemptId, processed: course.processed });
  const own = course.processAfterMs > 0 ? null : work();
  if (!own) void world.until(edge, world.now + course.processAfterMs).then(work);
  if (course.answerAfterMs > 0) await world.until(process, world.now + course.answerAfterMs);
  if (course.answer === null || (course.answer === 'own' && !own)) {
    return { kind: 'lost', reason: 'the connection broke before a complete answer' };
  }
  return pick(course, own);
}

function pick({ answer, refusal: words }: Course, own: Answer | null): Answer {
  switch (answer) {
    case 'html 502':
      return html(502);
    case 'html 504':
      return html(504);
    case 'html 200':
      return html(200);
    case 'html 429':
      return html(429);
    case 'json 503':
      return answered(503, { error: 'service_unavailable', error_description: 'later' });
    case 'refusal':
      return refusal(words ?? { error: 'invalid_grant', error_description: 'refused' });
    default:
      return own ?? html(502);
  }
}
