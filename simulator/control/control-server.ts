import type { RequestListener } from 'node:http';
import { z } from 'zod';
import { simulatorAct } from '@/simulator/control/acts';
import type { Simulation } from '@/simulator/control/simulation';
import { UnknownName } from '@/simulator/control/unknown-name';
import { faultSpec } from '@/simulator/faults/spec';
import { readRequest } from '@/simulator/http/request';
import { matchPattern } from '@/simulator/http/router';
import type { SimRequest } from '@/simulator/types';

const clockBody = z.strictObject({ advanceMs: z.number().int().nonnegative() });
const ledgerQuery = z.strictObject({
  org: z.string().optional(),
  after: z.coerce.number().int().nonnegative().optional(),
});

type Answer = { status: number; value: unknown };

/** The control API: JSON, loopback only, no part of what it simulates. */
export function controlListener(simulation: Simulation): RequestListener {
  return (incoming, outgoing) => {
    const write = ({ status, value }: Answer) => {
      outgoing.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      outgoing.end(JSON.stringify(value));
    };
    readRequest(incoming)
      .then((request) => answer(simulation, request))
      .then(write, (error: unknown) => write(refusal(error)));
  };
}

function answer(simulation: Simulation, request: SimRequest): Answer {
  if (!isLoopbackName(request.headers.host)) return { status: 403, value: { message: 'Loopback only.' } };
  const grants = matchPattern('/orgs/:org/grants', request.path);
  const fault = matchPattern('/faults/:id', request.path);
  if (grants && request.method === 'GET') return ok(simulation.listGrants(grants.org ?? ''));
  if (fault && request.method === 'DELETE') {
    return ok({ removed: simulation.faults.remove(Number(fault.id)) });
  }
  switch (`${request.method} ${request.path}`) {
    case 'GET /orgs':
      return ok(simulation.listOrgs());
    case 'GET /ledger': {
      const filter = ledgerQuery.parse(Object.fromEntries(request.query));
      return ok({ entries: simulation.ledger.list(filter), counts: simulation.ledger.counts() });
    }
    case 'GET /issued':
      return ok(simulation.listIssued());
    case 'DELETE /ledger':
      simulation.ledger.clear();
      return ok({ cleared: true });
    case 'GET /faults':
      return ok(simulation.faults.list());
    case 'POST /faults':
      return ok(simulation.faults.add(faultSpec.parse(JSON.parse(request.body))));
    case 'DELETE /faults':
      simulation.faults.clear();
      return ok({ cleared: true });
    case 'POST /acts':
      return ok({ changed: simulation.act(simulatorAct.parse(JSON.parse(request.body))) });
    case 'GET /clock':
      return ok({ now: simulation.clock.now() });
    case 'POST /clock':
      simulation.clock.advance(clockBody.parse(JSON.parse(request.body)).advanceMs);
      return ok({ now: simulation.clock.now() });
    case 'POST /reset':
      simulation.reset();
      return ok({ reset: true });
    default:
      throw new UnknownName(`There is no ${request.method} ${request.path}.`);
  }
}

function ok(value: unknown): Answer {
  return { status: 200, value };
}

function refusal(error: unknown): Answer {
  if (error instanceof UnknownName) return { status: 404, value: { message: error.message } };
  if (error instanceof z.ZodError) return { status: 400, value: { message: z.prettifyError(error) } };
  return { status: 400, value: { message: String(error) } };
}

/** A page in a browser must not reach the control API under another name (DNS rebinding). */
function isLoopbackName(host: string | undefined): boolean {
  return /^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(host ?? '');
}
