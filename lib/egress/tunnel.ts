import { type ClientRequest, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import { AppError } from '@/lib/errors';

type Failure = AppError | null;

/**
 * A connector that reaches a host through the proxy of `HTTPS_PROXY` (RFC 9110 §9.3.6, CONNECT); TLS to the host runs
 * inside the tunnel. undici's own ProxyAgent connects again without end when a proxy drops the connection.
 */
export function tunnelConnector(proxy: URL, timeoutMs: number): buildConnector.connector {
  const secure = buildConnector({ timeout: timeoutMs });
  return (target, callback) => {
    const authority = `${target.hostname}:${target.port || '443'}`;
    openTunnel(proxy, authority, timeoutMs, (failure, socket) => {
      if (socket === null) return callback(failure ?? refused(authority, 'CLOSED'), null);
      secure({ ...target, httpSocket: socket }, callback);
    });
  };
}

function openTunnel(
  proxy: URL,
  authority: string,
  timeoutMs: number,
  done: (failure: Failure, socket: Socket | null) => void,
): void {
  const request = connectRequest(proxy, authority, timeoutMs);
  request.once('connect', (response, socket: Socket) => {
    if (response.statusCode === 200) return done(null, socket);
    socket.destroy();
    done(refused(authority, `PROXY_${response.statusCode}`), null);
  });
  request.once('timeout', () =>
    request.destroy(Object.assign(new Error('timeout'), { code: 'PROXY_TIMEOUT' })),
  );
  request.once('error', (error: NodeJS.ErrnoException) =>
    done(refused(authority, error.code ?? error.name), null),
  );
  request.end();
}

function connectRequest(proxy: URL, authority: string, timeoutMs: number): ClientRequest {
  const user = decodeURIComponent(proxy.username);
  const credentials = Buffer.from(`${user}:${decodeURIComponent(proxy.password)}`).toString('base64');
  const isSecure = proxy.protocol === 'https:';
  return (isSecure ? secureRequest : plainRequest)({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (isSecure ? 443 : 80),
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...(user ? { 'proxy-authorization': `Basic ${credentials}` } : {}) },
    agent: false,
    timeout: timeoutMs,
  });
}

function refused(authority: string, reason: string): AppError {
  return new AppError('HOST_UNREACHABLE', `The proxy did not open a way to ${authority} (${reason}).`, {
    nextStep: 'Ask your administrator to look at the proxy of HTTPS_PROXY.',
    details: { host: authority, reason },
  });
}
