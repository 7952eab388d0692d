import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AdvanceableClock } from '@/simulator/clock';
import { noteOauthLogin } from '@/simulator/evidence/note-oauth-login';
import { answerAfterwards, answerInstead } from '@/simulator/faults/answers';
import { endpointsOf, type FaultQueue } from '@/simulator/faults/queue';
import type { FaultSpec } from '@/simulator/faults/spec';
import { delay } from '@/simulator/http/delay';
import { formOf, readRequest, sizesOf } from '@/simulator/http/request';
import { send, toWire } from '@/simulator/http/send';
import type { Ledger } from '@/simulator/ledger';
import { processExchange } from '@/simulator/process-exchange';
import type { DataService } from '@/simulator/rest/service';
import type { IssuedSecrets } from '@/simulator/state/issued';
import type { OrgState } from '@/simulator/state/org-state';
import type { LedgerEntry, RouteTable, SimRequest, SimResponse } from '@/simulator/types';

/** What the server of one org works with. `state` is replaced by a reset. */
export interface OrgRuntime {
  state: OrgState;
  readonly service: DataService;
  readonly dataRoutes: RouteTable;
  readonly clock: AdvanceableClock;
  readonly ledger: Ledger;
  readonly faults: FaultQueue;
  readonly issued: IssuedSecrets;
}

/** Answers the requests of one org, with ledger and faults around each of them. */
export function orgListener(runtime: OrgRuntime): RequestListener {
  return (incoming, outgoing) => {
    serve(runtime, incoming, outgoing).catch(() => outgoing.destroy());
  };
}

async function serve(
  runtime: OrgRuntime,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming);
  const form = formOf(request);
  const sizes = sizesOf(incoming);
  runtime.issued.noteRequest(request, form);
  const { org } = runtime.state;
  const entry = runtime.ledger.open(org.name, runtime.clock.now(), request);
  const fault = runtime.faults.take(org.name, endpointsOf(request, form));
  entry.fault = fault?.fault ?? null;
  if (fault?.fault === 'slow' && fault.at === 'edge') await delay(fault.ms);
  const pause = async () => {
    const slow = fault?.fault === 'slow' && fault.at === 'origin' ? fault.ms : 0;
    const milliseconds = slow + (fault?.delayMs ?? 0);
    if (milliseconds > 0) await delay(milliseconds);
  };
  // The state is read when the work begins: a reset in between must not revive what it forgot.
  const exchangeNow = () => ({
    state: runtime.state,
    request,
    form,
    ...sizes,
    entry,
    ledger: runtime.ledger,
    pause,
  });
  const work = async () => {
    const response = await processExchange(exchangeNow(), runtime.dataRoutes);
    // Also of an answer that a fault keeps from its caller.
    runtime.issued.noteResponse(response);
    return response;
  };
  const refuse = (response: SimResponse) => noteOauthLogin(exchangeNow(), response);
  const instead = fault && answerInstead(fault, request, org.origin);
  const response = await bend(runtime, fault, outgoing, { work, refuse, instead });
  if (!response) return;
  // Simulated time: a clock that is off shows in every answer.
  const date = new Date(runtime.clock.now()).toUTCString();
  answer(request, entry, outgoing, { ...response, headers: { ...response.headers, Date: date } }, fault);
}

/** Lets the fault strike. Null: the caller gets no answer. */
async function bend(
  runtime: OrgRuntime,
  fault: FaultSpec | null,
  outgoing: ServerResponse,
  {
    work,
    refuse,
    instead,
  }: {
    work: () => Promise<SimResponse>;
    refuse: (response: SimResponse) => void;
    instead: SimResponse | null;
  },
): Promise<SimResponse | null> {
  if (!fault) return work();
  if (fault.fault === 'drop_before') {
    outgoing.destroy();
    return null;
  }
  if (fault.fault === 'processed_late') {
    outgoing.destroy();
    runtime.clock.schedule(fault.afterMs, () => void work());
    return null;
  }
  if (instead) {
    refuse(instead);
    return instead;
  }
  const response = await work();
  if (fault.fault !== 'drop_after') return answerAfterwards(fault) ?? response;
  outgoing.destroy();
  return null;
}

function answer(
  request: SimRequest,
  entry: LedgerEntry,
  outgoing: ServerResponse,
  response: SimResponse,
  fault: FaultSpec | null,
): void {
  entry.status = response.status;
  entry.error ??= errorOf(response);
  if (fault?.fault !== 'truncated_json') {
    send(outgoing, toWire(request, response));
    return;
  }
  // Never compressed: the cut has to be in the JSON, not in gzip's stream.
  const plain = { ...request, headers: { ...request.headers, 'accept-encoding': undefined } };
  const wire = toWire(plain, response);
  const half = wire.payload.subarray(0, Math.floor(wire.payload.length / 2));
  if (fault.cut === 'connection') {
    outgoing.writeHead(wire.status, wire.headers);
    outgoing.write(half, () => outgoing.destroy());
    return;
  }
  const headers = { ...wire.headers, 'Content-Length': String(half.length) };
  send(outgoing, { status: wire.status, headers, payload: half });
}

/** `error` of an OAuth answer or `errorCode` of a REST answer. */
function errorOf({ body }: SimResponse): string | null {
  if (body.kind !== 'json') return null;
  const value = (Array.isArray(body.value) ? body.value[0] : body.value) as
    | { error?: unknown; errorCode?: unknown }
    | undefined;
  const code = value?.errorCode ?? value?.error;
  return typeof code === 'string' ? code : null;
}
