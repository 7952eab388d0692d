import { type Effects, type Method, notUnderstood } from '@/lib/broker/policy/request/call';
import { readTarget } from '@/lib/broker/policy/request/canonical-target';
import { checkHeaders } from '@/lib/broker/policy/request/check-headers';
import { Refused } from '@/lib/broker/policy/request/refused';
import { addCall, familyOf } from '@/lib/broker/policy/request/resources';
import { readJson } from '@/lib/broker/policy/request/strict-json';
import { ObjectsOfOrg } from '@/lib/broker/policy/soql/objects-of-org';
import { NotUnderstood } from '@/lib/broker/policy/soql/tokens';
import { Touches } from '@/lib/broker/policy/soql/touches';
import type { Describe, Understanding } from '@/lib/broker/policy/types';

export interface RequestToUnderstand {
  method: string;
  /** Path and query as they came, undecoded; begins with `/services/`. */
  target: string;
  headers: Iterable<readonly [string, string]>;
  /** Null: there is none, or `needsBody` says that nobody looks into it. */
  body: string | Uint8Array | null;
  /** Null: the policy limits no objects; nobody then asks Salesforce what there is. */
  describe: Describe | null;
}

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

/** What a request to Salesforce does. What cannot be read in one way only is refused, with the rule that says so. */
export async function understandRequest(request: RequestToUnderstand): Promise<Understanding> {
  const effects: Effects = {
    touches: new Touches(),
    objects: request.describe && new ObjectsOfOrg(request.describe),
    families: [],
    rows: 0,
    locator: null,
    reads: true,
    unclear: null,
    inner: 0,
    statements: 0,
  };
  try {
    await add(effects, request);
  } catch (error) {
    if (error instanceof Refused) return { refused: error.rule, reason: error.message };
    if (error instanceof NotUnderstood) {
      return { refused: 'not_understood', reason: `The request could not be understood. ${error.message}` };
    }
    throw error;
  }
  const touches = effects.touches.list();
  const writes = touches.some(({ operation }) => ['create', 'update', 'delete'].includes(operation));
  return {
    touches,
    family: effects.families[0] ?? null,
    rows: effects.rows > 0 ? effects.rows : null,
    locator: effects.locator,
    reads: effects.reads && !writes,
    ...(effects.unclear === null ? {} : { unclear: effects.unclear }),
  };
}

/**
 * Whether the body must be read to understand a request; if not, it may stream. Of a target that will be refused: false.
 */
export function needsBody(method: string, target: string, contentType: string | null): boolean {
  try {
    const { segments } = readTarget(target);
    return method !== 'HEAD' && familyOf(segments) === null && !isMultipart(contentType);
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

async function add(effects: Effects, { method, target, headers, body }: RequestToUnderstand): Promise<void> {
  const pairs = [...headers];
  checkHeaders(pairs);
  const { segments, parameters } = readTarget(target);
  const asked = method === 'HEAD' ? 'GET' : method;
  if (!METHODS.includes(asked)) throw notUnderstood(`${method.slice(0, 20)} is no method of the REST API.`);
  const contentType = pairs.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
  const multipart = isMultipart(contentType);
  const looksInside = familyOf(segments) === null && !multipart;
  const json = looksInside && body !== null && body.length > 0 ? readBody(body, contentType) : undefined;
  await addCall(effects, { method: asked as Method, segments, parameters, body: json, multipart, depth: 0 });
  if (
    new Set(effects.families).size > 1 ||
    (effects.families.length > 0 && effects.touches.list().length > 0)
  ) {
    throw notUnderstood('The body holds requests to different parts of the API. Send them one by one.');
  }
}

function readBody(body: string | Uint8Array, contentType: string | null): unknown {
  if (!/^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? '')) {
    throw notUnderstood('The body is not said to be JSON in UTF-8: Content-Type: application/json.');
  }
  return readJson(body);
}

function isMultipart(contentType: string | null): boolean {
  return /^\s*multipart\//i.test(contentType ?? '');
}
