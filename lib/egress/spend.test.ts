import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { registry } from '@/lib/registry';
import { allowOrigins, startLoopback, startRawLoopback } from '@/tests/loopback';
import { spendOnce } from './spend';

const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'canary-token' });
const post = (origin: string, options: Parameters<typeof spendOnce>[1] = {}) =>
  spendOnce({ url: `${origin}/services/oauth2/token`, form }, options);

/** Counts what arrives, and hands each socket on after its first bytes. */
async function startRaw(
  onRequest: (socket: Socket) => void,
  onConnection: (socket: Socket) => void = () => undefined,
) {
  const counts = { connections: 0, bytes: 0 };
  const { origin } = await startRawLoopback((socket) => {
    counts.connections += 1;
    onConnection(socket);
    socket.on('data', (chunk) => {
      const first = counts.bytes === 0;
      counts.bytes += chunk.length;
      if (first) onRequest(socket);
    });
  });
  return { origin, counts };
}

describe('spendOnce', () => {
  it('posts the form once and reads the whole answer', async () => {
    const { origin, seen } = await startLoopback((_request, response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end('{"error":"invalid_grant"}');
    });
    const result = await post(origin);
    expect(result).toEqual({
      kind: 'answered',
      status: 400,
      contentType: 'application/json',
      body: '{"error":"invalid_grant"}',
    });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.body).toBe(form.toString());
    expect(seen[0]?.headers.connection).toBe('close');
  });

  it('writes not one byte when the deadline passed while it connected', async () => {
    let asked = 0;
    const { origin, counts } = await startRaw(() => undefined);
    const result = await post(origin, {
      mayStillSend: () => {
        asked += 1;
        return false;
      },
    });
    expect(result).toMatchObject({ kind: 'unsent', code: 'DEADLINE_PASSED' });
    expect(asked).toBe(1);
    expect(counts).toEqual({ connections: 1, bytes: 0 });
  });

  it('asks for the last time in the tick of the first write', async () => {
    let openAt: number | null = null;
    const { origin, counts } = await startRaw((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'),
    );
    const result = await post(origin, {
      mayStillSend: () => {
        openAt = counts.bytes;
        return true;
      },
    });
    expect(openAt).toBe(0);
    expect(result.kind).toBe('answered');
  });

  it('says unsent when mayStillSend throws', async () => {
    const { origin, counts } = await startRaw(() => undefined);
    const result = await post(origin, {
      mayStillSend: () => {
        throw new Error('clock unreadable');
      },
    });
    expect(result.kind).toBe('unsent');
    expect(counts.bytes).toBe(0);
  });

  it('says unsent when nobody listens', async () => {
    const { origin } = await startLoopback(() => undefined);
    const closed = origin.replace(/\d+$/, '1');
    allowOrigins(closed);
    expect(await post(closed)).toMatchObject({ kind: 'unsent', code: 'HOST_UNREACHABLE' });
  });

  it('says unsent when the TLS handshake fails', async () => {
    const { origin } = await startRaw(
      () => undefined,
      (socket) => socket.resetAndDestroy(),
    );
    const secure = origin.replace('http:', 'https:');
    allowOrigins(secure);
    expect(await post(secure)).toMatchObject({ kind: 'unsent', code: 'HOST_UNREACHABLE' });
  });

  it('gives up connecting, unsent, when the handshake never ends', async () => {
    const { origin } = await startRaw(() => undefined);
    const secure = origin.replace('http:', 'https:');
    allowOrigins(secure);
    expect(await post(secure, { connectMs: 200 })).toMatchObject({ kind: 'unsent', code: 'TIMEOUT' });
  });

  it('refuses a host that is not allowed before it connects', async () => {
    await expect(post('https://login.salesforce.com.evil.example')).rejects.toMatchObject({
      code: 'HOST_NOT_ALLOWED',
    });
  });

  it('says lost when the peer resets after it read the request, and does not ask again', async () => {
    const { origin, counts } = await startRaw((socket) => socket.resetAndDestroy());
    expect(await post(origin)).toMatchObject({ kind: 'lost' });
    expect(counts.connections).toBe(1);
  });

  it('says lost when the peer resets with the request written but unread', async () => {
    let reset = () => {};
    const { origin } = await startRawLoopback((socket) => {
      reset = () => socket.resetAndDestroy();
    });
    const connected = () => {
      setTimeout(() => reset(), 50);
      return true;
    };
    expect(await post(origin, { mayStillSend: connected })).toMatchObject({ kind: 'lost' });
  });

  it('says lost when the answer is truncated', async () => {
    const { origin } = await startRaw((socket) =>
      socket.end(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"access_token":"00D',
      ),
    );
    expect(await post(origin)).toMatchObject({ kind: 'lost' });
  });

  it('says lost when a chunked answer ends early', async () => {
    const { origin } = await startRaw((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n{"access_token":'),
    );
    expect(await post(origin)).toMatchObject({ kind: 'lost' });
  });

  it('says lost when headers arrive and the body stalls beyond the allowed silence', async () => {
    const { origin, counts } = await startRaw((socket) =>
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{'),
    );
    expect(await post(origin, { silenceMs: 400 })).toMatchObject({ kind: 'lost' });
    expect(counts.connections).toBe(1);
  });

  it('says lost when no header comes within the allowed silence', async () => {
    const { origin } = await startRaw(() => undefined);
    expect(await post(origin, { silenceMs: 400 })).toMatchObject({ kind: 'lost' });
  });

  it('reads an answer that comes long after the deadline for sending, and in pieces', async () => {
    const body = '{"access_token":"x"}';
    let mayStillSend = true;
    const { origin } = await startRaw((socket) => {
      mayStillSend = false;
      setTimeout(() => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n{"acc`), 300);
      setTimeout(() => socket.write(body.slice(5)), 600);
    });
    expect(await post(origin, { mayStillSend: () => mayStillSend, connectMs: 100 })).toMatchObject({
      kind: 'answered',
      status: 200,
      body,
    });
  });

  it('does not follow a redirect', async () => {
    const { origin, seen } = await startLoopback((_request, response) => {
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await post(origin)).toMatchObject({ kind: 'answered', status: 307 });
    expect(seen).toHaveLength(1);
  });

  it('does not send again after a 503', async () => {
    const { origin, seen } = await startLoopback((_request, response) => {
      response.writeHead(503, { 'retry-after': '0' }).end();
    });
    expect(await post(origin)).toMatchObject({ kind: 'answered', status: 503 });
    expect(seen).toHaveLength(1);
  });

  it('says lost when the answer never seems to end', async () => {
    const { origin } = await startLoopback((_request, response) => {
      response.end('x'.repeat(1_200_000));
    });
    expect(await post(origin)).toMatchObject({ kind: 'lost', reason: 'the answer was far too long' });
  });

  it('makes a stop of the process wait while a request is under way', async () => {
    const { origin } = await startRaw((socket) => {
      expect(registry().unfinished.size).toBe(1);
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    });
    await post(origin);
    await Promise.resolve();
    expect(registry().unfinished.size).toBe(0);
  });
});
