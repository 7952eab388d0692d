import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { Place } from '@/tests/leaks/secret-scanner';

/** The same bytes for everybody, made before any token was. */
const BUILT = /^\/_next\/static\//;

/** Stands before the portal and keeps what it answers, to whoever asks: pages, data, actions, redirects, errors. */
export interface Recorder {
  /** The answers since the last call. */
  take: () => Place[];
  stop: () => Promise<void>;
}

/** Starts a recorder on a port of loopback that passes everything on to another one. */
export async function startRecorder(port: number, portalPort: number): Promise<Recorder> {
  // Its own sockets: the portal may close one that rests in the moment in which it is used again.
  const agent = new Agent({ keepAlive: false });
  let places: Place[] = [];
  // As much as the portal takes itself.
  const server = createServer({ maxHeaderSize: 64 * 1024 }, (incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    // Without encodings, so that what is recorded can be read.
    const options = { agent, method, path: url, headers: { ...headers, 'accept-encoding': 'identity' } };
    const upstream = request({ host: '127.0.0.1', port: portalPort, ...options }, (answer) => {
      if (!BUILT.test(url)) record(answer, `the answer to ${method} ${url.split('?')[0]}`, places);
      outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => void upstream.destroy());
    incoming.pipe(upstream);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    take: () => {
      const taken = places;
      places = [];
      return taken;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Also what came of an answer that was broken off. */
function record(answer: IncomingMessage, name: string, places: Place[]): void {
  const place = { name, text: answer.rawHeaders.join(' ') };
  places.push(place);
  answer.on('data', (chunk: Buffer) => {
    place.text += chunk.toString('latin1');
  });
}
