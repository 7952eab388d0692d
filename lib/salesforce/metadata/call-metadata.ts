import { checkOrigin } from '@/lib/egress/hosts';
import { type DataResponse, dataRequest } from '@/lib/egress/request';
import { answerInvalid } from '../client';
import { restError } from '../rest-errors';
import { withRetries } from '../retry';
import type { AccessGrant, SalesforceClient } from '../types';
import { textOf, xmlText } from './xml-text';

const METADATA = 'http://soap.sforce.com/2006/04/metadata';
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const TIMEOUT_MS = 60_000;

/**
 * One reading operation of the Metadata API over SOAP: the XML of its answer. `operation` is its element. An ended
 * access token is renewed once. Throws `AppError` with the code and words of a fault. The XML may hold a consumer
 * secret: it must reach neither a log nor an error.
 */
export async function callMetadata(client: SalesforceClient, operation: string): Promise<string> {
  const grant = await client.source.current();
  const first = await send(client, grant, operation);
  if (faultOf(first)?.errorCode !== 'INVALID_SESSION_ID') return finish(client, grant, first);
  const renewed = await client.source.renew(grant.generation);
  return finish(client, renewed, await send(client, renewed, operation));
}

function send(client: SalesforceClient, grant: AccessGrant, operation: string): Promise<DataResponse> {
  const origin = checkOrigin(grant.instanceUrl);
  const once = () => {
    if (client.meter) client.meter.calls += 1;
    return dataRequest({
      origin,
      path: `/services/Soap/m/${client.apiVersion}`,
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=UTF-8', soapaction: '""' },
      body: envelope(grant.accessToken, operation),
      timeoutMs: TIMEOUT_MS,
    });
  };
  return withRetries(once, { origin: origin.origin, statusOf: (response) => response.status });
}

async function finish(client: SalesforceClient, grant: AccessGrant, response: DataResponse): Promise<string> {
  const fault = faultOf(response);
  if (fault) {
    // A fault is told apart by its code; its HTTP status is always 500.
    const status = fault.errorCode === 'INVALID_SESSION_ID' ? 401 : 400;
    throw restError({ ...response, status, text: JSON.stringify([fault]) }, [grant.accessToken]);
  }
  if (response.status !== 200) throw restError({ ...response, text: '' }, []);
  if (!response.text.includes(`${METADATA}"`)) throw answerInvalid();
  await client.source.used();
  return response.text;
}

function faultOf({ text }: DataResponse): { errorCode: string; message: string } | null {
  const code = /^(?:\w+:)?(\w+)$/.exec(textOf(text, 'faultcode') ?? '')?.[1];
  return code === undefined ? null : { errorCode: code, message: textOf(text, 'faultstring') ?? '' };
}

function envelope(accessToken: string, operation: string): string {
  const session = `<SessionHeader><sessionId>${xmlText(accessToken)}</sessionId></SessionHeader>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<soapenv:Envelope xmlns:soapenv="${SOAP}">`,
    `<soapenv:Header xmlns="${METADATA}">${session}</soapenv:Header>`,
    `<soapenv:Body xmlns="${METADATA}">${operation}</soapenv:Body>`,
    '</soapenv:Envelope>',
  ].join('');
}
