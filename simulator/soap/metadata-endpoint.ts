import { managesApps } from '@/simulator/apps/lookup';
import { openSession } from '@/simulator/data-access';
import type { Endpoint, Exchange } from '@/simulator/exchange';
import { unknownToSimulator } from '@/simulator/http/respond';
import { BadXml, parseXml, type XmlElement } from '@/simulator/metadata/xml';
import { readEnvelope, soapAnswer, soapFault, textsOf } from '@/simulator/soap/envelope';
import { GLOBAL_SETTINGS, globalSettingsEntry, globalSettingsRecord } from '@/simulator/soap/global-settings';
import type { SimOrg, SimResponse } from '@/simulator/types';

/** "readMetadata()": at most ten at once. */
const MAX_READ = 10;

/** The Metadata API over SOAP, for the one thing that it alone tells: the global OAuth settings of an app. */
export const metadataSoapEndpoint: Endpoint = {
  method: 'POST',
  pattern: '/services/Soap/m/:version',
  parameters: [],
  handle,
};

function handle(exchange: Exchange): SimResponse {
  const { request, state } = exchange;
  const version = Number(/^(\d{2})\.0$/.exec(request.params.version ?? '')?.[1] ?? Number.NaN);
  if (!(version >= 59 && version <= 68)) return soapFault('UNSUPPORTED_API_VERSION', 'Invalid Api version');
  if (!/^text\/xml\b/i.test(request.headers['content-type'] ?? ''))
    return unknownToSimulator('SOAP of another type');
  if (request.headers.soapaction === undefined) return soapFault('Client', 'SOAPAction HTTP header missing');
  const call = readCall(request.body);
  if (!call) return soapFault('INVALID_TYPE', 'No operation available for request');
  const session = openSession(exchange, call.sessionId);
  if ('refused' in session) return faultOf(session.refused);
  if (!state.spendApiCall()) return soapFault('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  if (!managesApps(session.user)) {
    return soapFault(
      'INSUFFICIENT_ACCESS',
      'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
    );
  }
  return answer(state.org, call.operation);
}

function readCall(body: string) {
  try {
    return readEnvelope(parseXml(body));
  } catch (error) {
    if (error instanceof BadXml) return null;
    throw error;
  }
}

function answer(org: SimOrg, operation: XmlElement): SimResponse {
  if (operation.name === 'listMetadata') {
    const queries = operation.children.filter(({ name }) => name === 'queries');
    const types = queries.flatMap((query) => textsOf(query, 'type'));
    if (types.length !== 1 || types[0] !== GLOBAL_SETTINGS)
      return unknownToSimulator('listMetadata of this type');
    return soapAnswer('listMetadata', org.apps.map(globalSettingsEntry).join(''));
  }
  if (operation.name !== 'readMetadata') return unknownToSimulator(`the Metadata API's ${operation.name}`);
  const [type] = textsOf(operation, 'type');
  const names = textsOf(operation, 'fullNames');
  if (type !== GLOBAL_SETTINGS) return unknownToSimulator(`readMetadata of ${type}`);
  if (names.length > MAX_READ)
    return soapFault(
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MAX_READ} records into this call`,
    );
  const records = names.map((name) => {
    const app = org.apps.find(({ globalSettingsName }) => globalSettingsName === name);
    return app ? globalSettingsRecord(app) : '<records xsi:nil="true"/>';
  });
  return soapAnswer('readMetadata', `<result>${records.join('')}</result>`);
}

/** A refusal of the REST API in SOAP's shape. */
function faultOf({ body }: SimResponse): SimResponse {
  const errors = body.kind === 'json' ? (body.value as Array<{ errorCode: string; message: string }>) : [];
  return soapFault(errors[0]?.errorCode ?? 'UNKNOWN_EXCEPTION', errors[0]?.message ?? '');
}
