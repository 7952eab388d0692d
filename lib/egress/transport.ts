import { type buildConnector, Client, type Dispatcher, Pool } from 'undici';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { isLoopbackHost } from './addresses';
import { isExtraOrigin } from './hosts';
import { publicLookup } from './lookup';
import { tunnelConnector } from './tunnel';

/** Time to reach a host: DNS, TCP and TLS together. */
export const CONNECT_TIMEOUT_MS = 10_000;

const lookup = publicLookup();

/** A single connection that serves one request and is thrown away. */
export function singleUseDispatcher(origin: URL, silenceMs: number): Dispatcher {
  return new Client(origin.origin, {
    pipelining: 1,
    connect: connectorFor(origin),
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
  });
}

/** Keep-alive connections to one origin, for data. */
export function keepAliveDispatcher(
  origin: URL,
  limits: { connections: number; timeoutMs: number },
): Dispatcher {
  return new Pool(origin.origin, {
    connections: limits.connections,
    connect: connectorFor(origin),
    headersTimeout: limits.timeoutMs,
    bodyTimeout: limits.timeoutMs,
    keepAliveTimeout: 20_000,
  });
}

/** Maps a failure to reach or hear a host to our codes. Node's and undici's errors hold no headers and no body. */
export function transportError(origin: URL, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = errorCode(error);
  const details = { host: origin.host, reason: code };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new AppError('HOST_UNRESOLVABLE', `The host name ${origin.hostname} could not be resolved.`, {
      nextStep: 'Check the address of the environment and the DNS of the portal’s network.',
      details,
    });
  }
  if (/timeout/i.test(code)) {
    return new AppError('TIMEOUT', `${origin.host} did not answer in time.`, {
      nextStep: 'Try again in a minute. Salesforce’s state is shown at https://status.salesforce.com.',
      details,
    });
  }
  if (/^(?:HPE_|HTTPParserError|Z_|ERR_BUFFER_TOO_LARGE|UND_ERR_RES|UND_ERR_HEADERS_OVERFLOW)/.test(code)) {
    return new AppError('SALESFORCE_ANSWER_INVALID', `The answer of ${origin.host} was damaged (${code}).`, {
      nextStep:
        'Try again. If it stays so, ask your administrator what stands between the portal and Salesforce.',
      details,
    });
  }
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(code)) {
    return new AppError('HOST_UNREACHABLE', `The certificate of ${origin.host} was not accepted (${code}).`, {
      nextStep:
        'Ask your administrator: behind an inspecting proxy its certificate must be named in NODE_EXTRA_CA_CERTS.',
      details,
    });
  }
  return new AppError('HOST_UNREACHABLE', `The connection to ${origin.host} failed (${code}).`, {
    nextStep:
      'Try again in a minute. If it stays so, ask your administrator to check the portal’s way to Salesforce.',
    details,
  });
}

/** Behind a proxy the proxy resolves the name; the allow-list was applied before. */
function connectorFor(origin: URL): buildConnector.BuildOptions | buildConnector.connector {
  const proxy = env().HTTPS_PROXY;
  if (proxy && origin.protocol === 'https:' && !isLoopbackHost(origin.hostname)) {
    return tunnelConnector(new URL(proxy), CONNECT_TIMEOUT_MS);
  }
  const common = { timeout: CONNECT_TIMEOUT_MS, autoSelectFamily: true };
  return isExtraOrigin(origin) ? common : { ...common, lookup };
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : error.name;
}
