import { Refused } from '@/lib/broker/policy/request/refused';

/** Headers that name another method, path or caller. */
const OVERRIDES =
  /^(?:x-http-method(?:-override)?|x-method(?:-override)?|x-original-(?:url|method|uri)|x-rewrite-url|x-sfdc-.*|upgrade|trailer|proxy-.*)$/;
/** `Sforce-` headers that change nothing about what is touched. */
const HARMLESS: Record<string, RegExp> = {
  'sforce-query-options': /^batchsize=\d{1,5}$/,
  'sforce-call-options': /^client=[^,;=]*$/,
  'sforce-auto-assign': /^(?:true|false|[a-z0-9]{15,18})$/,
  'sforce-mru': /^updatemru=false$/,
  'sforce-duplicate-rule-header': /^allowsave=(?:true|false)$/,
};

/** Refuses headers that would make another request of this one, or that two servers might read differently. */
export function checkHeaders(headers: Iterable<readonly [string, string]>): void {
  const seen = new Map<string, string>();
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name) || /[\r\n\0]/.test(value)) {
      throw new Refused('method_override', 'A header is written in a way that servers read differently.');
    }
    if (seen.has(name) && SINGLE.includes(name)) {
      throw new Refused('method_override', `The header ${name} is there twice.`);
    }
    seen.set(name, value.trim().toLowerCase());
  }
  for (const [name, value] of seen) {
    const harmless = name.startsWith('sforce-') && !HARMLESS[name]?.test(value.replaceAll(' ', ''));
    if (OVERRIDES.test(name) || harmless) {
      throw new Refused('method_override', `The header ${name} would make another request of this one.`);
    }
  }
  checkFraming(seen);
}

const SINGLE = [
  'content-length',
  'transfer-encoding',
  'content-type',
  'content-encoding',
  'host',
  'authorization',
];

function checkFraming(headers: Map<string, string>): void {
  const length = headers.get('content-length');
  const encoding = headers.get('transfer-encoding');
  if (length !== undefined && encoding !== undefined) {
    throw new Refused('method_override', 'Content-Length and Transfer-Encoding contradict each other.');
  }
  if ((length !== undefined && !/^\d+$/.test(length)) || (encoding !== undefined && encoding !== 'chunked')) {
    throw new Refused(
      'method_override',
      'The length of the body is said in a way that servers read differently.',
    );
  }
  const hops = (headers.get('connection') ?? '').split(',').map((hop) => hop.trim());
  if (hops.some((hop) => !['', 'keep-alive', 'close', 'te'].includes(hop))) {
    throw new Refused('method_override', 'The header Connection takes other headers away.');
  }
  if (!['', 'identity'].includes(headers.get('content-encoding') ?? '')) {
    throw new Refused('not_understood', 'The body is compressed, so nobody looks into it. Send it as it is.');
  }
}
