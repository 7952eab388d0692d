/** What of a program's request Salesforce is told. All else (cookies, addresses of proxies, overrides) stays here. */
const TO_SALESFORCE =
  /^(?:accept|accept-language|content-type|content-encoding|content-language|if-match|if-none-match|if-modified-since|if-unmodified-since|range|soapaction|user-agent|x-prettyprint|x-chatter-entity-encoding|sforce-[a-z-]+)$/;

/** What of Salesforce's answer a program is told; never a cookie. */
const TO_PROGRAM =
  /^(?:content-type|content-encoding|content-language|content-disposition|content-range|etag|last-modified|location|warning|retry-after|sforce-[a-z-]+)$/;

/** Codings that Salesforce knows (REST API Developer Guide, "Using Compression"). */
const CODINGS = /^(?:gzip|deflate)$/;

/** The headers of a program's request that are passed on. */
export function headersToSalesforce(headers: Headers): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of headers) if (TO_SALESFORCE.test(name)) passed[name] = value;
  passed['accept-encoding'] = codingsOf(headers.get('accept-encoding'));
  return passed;
}

/** The headers of Salesforce's answer that are passed on. */
export function headersToProgram(headers: Record<string, string | string[] | undefined>): Headers {
  const passed = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || !TO_PROGRAM.test(name)) continue;
    passed.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return passed;
}

/** Those that the program takes and Salesforce may send; what is sent encoded is passed on encoded. */
function codingsOf(accepted: string | null): string {
  const wanted = (accepted ?? '')
    .split(',')
    .map((part) =>
      part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/),
    )
    .filter(([coding = '', weight]) => CODINGS.test(coding) && !/^q=0(?:\.0*)?$/.test(weight ?? ''))
    .map(([coding]) => coding);
  return wanted.length > 0 ? wanted.join(', ') : 'identity';
}
