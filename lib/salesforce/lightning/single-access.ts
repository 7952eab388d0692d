import { checkOrigin } from '@/lib/egress/hosts';
import { type DataResponse, dataRequest } from '@/lib/egress/request';
import { AppError } from '@/lib/errors';
import { makeFault } from '@/lib/salesforce/fault';
import type { AccessGrant, SalesforceClient } from '@/lib/salesforce/types';

/** How long a person who pressed a button waits. */
const TIMEOUT_MS = 10_000;

/** The scopes with which Salesforce gives a session of its own pages (help: "OAuth Tokens and Scopes"). */
const SCOPES = ['web', 'full'];

/** Whether a grant with these scopes may be turned into a session in the browser. */
export function allowsSingleAccess(scopes: readonly string[]): boolean {
  return scopes.some((scope) => SCOPES.includes(scope));
}

/**
 * A one-time address that signs the connection's user in to Salesforce and leads to `path` (below the org's address,
 * such as `/lightning/r/Account/001…/view`). Whoever holds it is that user for a moment: it must not be kept or logged.
 * Never sent again after an answer or a failure, but with a renewed token when this one has ended. Throws `AppError`, also when the
 * answer leads elsewhere than to the org or holds a session id. Salesforce help: "Generate a Frontdoor URL".
 */
export async function singleAccess(client: SalesforceClient, path: string): Promise<string> {
  const grant = await client.source.current();
  const first = await send(client, grant, path);
  if (!isEnded(first)) return await finish(client, grant, first);
  const renewed = await client.source.renew(grant.generation);
  return await finish(client, renewed, await send(client, renewed, path));
}

function send(client: SalesforceClient, grant: AccessGrant, path: string): Promise<DataResponse> {
  if (client.meter) client.meter.calls += 1;
  return dataRequest({
    origin: checkOrigin(grant.instanceUrl),
    method: 'POST',
    path: '/services/oauth2/singleaccess',
    headers: {
      accept: 'application/json',
      authorization: `${client.headerPrefix ?? 'Bearer'} ${grant.accessToken}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ redirect_uri: path }).toString(),
    timeoutMs: TIMEOUT_MS,
  });
}

/** The identity services, of which this is one, answer a plain word with 403 where data services answer 401. */
function isEnded({ status, text }: DataResponse): boolean {
  return status === 401 || (status === 403 && text.trim() === 'Bad_OAuth_Token');
}

async function finish(client: SalesforceClient, grant: AccessGrant, response: DataResponse): Promise<string> {
  const answer = parse(response.text);
  if (response.status !== 200) throw refused(response, answer, grant);
  await client.source.used();
  const uri = answer.frontdoor_uri;
  if (typeof uri !== 'string') throw notUnderstood('it names no address');
  return checkFrontdoor(uri, grant);
}

/** The address leaves only when it is the front door of this very org, and carries a one-time password instead of a session. */
function checkFrontdoor(uri: string, grant: AccessGrant): string {
  const door = `${checkOrigin(grant.instanceUrl).origin}/secur/frontdoor.jsp?`;
  // Before it is parsed: the error of a parser would quote it.
  if (!uri.startsWith(door) || !URL.canParse(uri))
    throw notUnderstood('it is not the front door of this org');
  const url = checkOrigin(uri);
  const holdsSession = [...url.searchParams.keys()].some((name) => name.toLowerCase() === 'sid');
  if (holdsSession || decoded(url.href).includes(grant.accessToken)) {
    throw notUnderstood('it holds a session id');
  }
  return url.href;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `reason` says what is wrong and holds nothing of the address. */
function notUnderstood(reason: string): AppError {
  return new AppError(
    'SALESFORCE_ANSWER_INVALID',
    `Orgdock does not follow Salesforce’s answer: ${reason}.`,
    {
      nextStep: 'Use the plain link, and sign in to Salesforce there.',
    },
  );
}

function refused(
  { status, text }: DataResponse,
  answer: Record<string, unknown>,
  grant: AccessGrant,
): AppError {
  const word = /^[A-Za-z_]{3,40}$/.exec(text.trim())?.[0] ?? `http_${status}`;
  const { error, error_description: description } = answer;
  const salesforce = makeFault(
    {
      error: typeof error === 'string' ? error : word,
      description: typeof description === 'string' ? description : null,
      status,
    },
    [grant.accessToken],
  );
  const isDown = status === 429 || status >= 500;
  return new AppError(
    isDown ? 'SALESFORCE_UNAVAILABLE' : 'SALESFORCE_FORBIDDEN',
    'Salesforce opened no session of its own pages.',
    { nextStep: 'Use the plain link, and sign in to Salesforce there.', salesforce },
  );
}

function parse(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
