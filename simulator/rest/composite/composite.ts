import { json, restError, unknownToSimulator } from '@/simulator/http/respond';
import { matchPattern, unknownParameter } from '@/simulator/http/router';
import { readComposite, type Subrequest } from '@/simulator/rest/composite/read-composite';
import type { Resource } from '@/simulator/rest/service';
import type { SimRequest, SimResponse } from '@/simulator/types';

/** A resource that a subrequest may ask, with its pattern below `/services/data/vXX.X`. */
export interface Subresource {
  readonly pattern: string;
  readonly parameters: readonly string[];
  readonly resource: Resource;
  readonly isQuery: boolean;
}

/** "Composite": at most five of the subrequests may be queries. */
const MAX_QUERIES = 5;

const HALTED = 'The transaction was rolled back since another operation in the same transaction failed.';

interface Step {
  readonly subrequest: Subrequest;
  readonly target: Subresource;
  readonly request: SimRequest;
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** Finds what a URL means. It has to be encoded, and of the version of the call itself. */
function readUrl(
  call: SimRequest,
  subrequest: Subrequest,
  known: readonly Subresource[],
  root: string,
): Step | { unknown: string } {
  const { url, headers } = subrequest;
  if (/[^\x21-\x7e]|["<>\\^`{|}]/.test(url)) return { unknown: 'a subrequest whose URL is not encoded' };
  const cut = url.indexOf('?');
  const path = cut < 0 ? url : url.slice(0, cut);
  if (!path.startsWith(`${root}/`)) return { unknown: `the subrequest ${path} in a call of ${root}` };
  const query = new URLSearchParams(cut < 0 ? '' : url.slice(cut + 1));
  const decoded = decodePath(path);
  if (decoded === null) return { unknown: 'a subrequest whose path does not decode' };
  for (const target of known) {
    const params = matchPattern(root + target.pattern, decoded);
    if (!params) continue;
    const other = unknownParameter(query, target.parameters);
    if (other) return { unknown: `${other} of the subrequest ${path}` };
    return {
      subrequest,
      target,
      request: { ...call, method: 'GET', path, params, query, headers, body: '' },
    };
  }
  return { unknown: `the subrequest GET ${path}` };
}

/** `Wed, 6 May 2026 09:49:20 GMT`: subresponses do not pad the day. */
function unpadded(date: string): string {
  return date.replace(/^(\w{3}, )0/, '$1');
}

function subresponse({ referenceId }: Subrequest, { status, body, headers = {} }: SimResponse): object {
  const httpHeaders = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      name === 'Last-Modified' ? unpadded(String(value)) : String(value),
    ]),
  );
  return {
    body: body.kind === 'json' ? body.value : null,
    httpHeaders,
    httpStatusCode: status,
    referenceId,
  };
}

/** `POST /composite`: one API call, whatever is in it; each subrequest succeeds or fails for itself. */
export function composite(known: readonly Subresource[]): Resource {
  return (call, session, service, root) => {
    const read = readComposite(call);
    if ('refused' in read) return read.refused;
    const steps: Step[] = [];
    for (const subrequest of read.subrequests) {
      const step = readUrl(call, subrequest, known, root);
      if ('unknown' in step) return unknownToSimulator(`${step.unknown} of composite`);
      steps.push(step);
    }
    if (steps.filter(({ target }) => target.isQuery).length > MAX_QUERIES) {
      const message = `The composite request exceeds the limit of ${MAX_QUERIES} query subrequests.`;
      return restError(400, 'LIMIT_EXCEEDED', message);
    }
    const answers = steps.map(({ target, request }) => target.resource(request, session, service, root));
    const strange = answers.find(({ unknown }) => unknown !== undefined);
    if (strange) return strange;
    const failed = answers.findIndex(({ status }) => status >= 400);
    const compositeResponse = steps.map(({ subrequest }, index) => {
      const halted = read.allOrNone && failed >= 0 && index !== failed;
      const answer = answers[index];
      if (!answer || halted) return subresponse(subrequest, restError(400, 'PROCESSING_HALTED', HALTED));
      return subresponse(subrequest, answer);
    });
    return json(200, { compositeResponse });
  };
}
