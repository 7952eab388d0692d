import { text } from '@/simulator/http/respond';
import type { XmlElement } from '@/simulator/metadata/xml';
import type { SimResponse } from '@/simulator/types';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
export const METADATA = 'http://soap.sforce.com/2006/04/metadata';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** What a request of the Metadata API asks for: the session, the operation, its arguments. */
export interface SoapCall {
  readonly sessionId: string | null;
  readonly operation: XmlElement;
}

/** Reads an envelope; null when it is none of SOAP 1.1 around one operation of the Metadata API. */
export function readEnvelope(root: XmlElement): SoapCall | null {
  const prefix = /^(\w+):Envelope$/.exec(root.name)?.[1];
  if (prefix === undefined || root.attributes[`xmlns:${prefix}`] !== SOAP) return null;
  const body = childOf(root, `${prefix}:Body`);
  const [operation, ...others] = body?.children ?? [];
  const namespace = operation?.attributes.xmlns ?? body?.attributes.xmlns;
  if (!operation || others.length > 0 || namespace !== METADATA) return null;
  const header = childOf(root, `${prefix}:Header`);
  const session = header && childOf(header, 'SessionHeader');
  const sessionId = session && childOf(session, 'sessionId');
  return { sessionId: sessionId?.text.trim() ?? null, operation };
}

function childOf(element: XmlElement, name: string): XmlElement | null {
  return element.children.find((child) => child.name === name) ?? null;
}

/** The text of each child of this name. */
export function textsOf(element: XmlElement, name: string): string[] {
  return element.children.filter((child) => child.name === name).map((child) => child.text.trim());
}

/** One element with text, escaped. */
export function element(name: string, value: string | boolean): string {
  const escaped = String(value).replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<${name}>${escaped}</${name}>`;
}

export function soapAnswer(operation: string, result: string): SimResponse {
  return envelope(200, `<${operation}Response>${result}</${operation}Response>`);
}

/** A fault: HTTP 500 whatever it is about, with the code in `faultcode`. */
export function soapFault(code: string, message: string): SimResponse {
  return envelope(
    500,
    `<soapenv:Fault><faultcode>sf:${code}</faultcode>${element('faultstring', `${code}: ${message}`)}</soapenv:Fault>`,
  );
}

function envelope(status: number, body: string): SimResponse {
  const head = `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="${SOAP}" xmlns="${METADATA}" xmlns:sf="${METADATA}" xmlns:xsi="${XSI}">`;
  return text(
    status,
    `${head}<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`,
    'text/xml;charset=UTF-8',
  );
}
