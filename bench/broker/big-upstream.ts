import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const BIG_BYTES = 500 * 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024, 'x');

export interface BigUpstream {
  origin: string;
  stop: () => Promise<void>;
}

/** A server that answers everything with 500 MB, as fast as it is read. */
export async function startBigUpstream(): Promise<BigUpstream> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    let left = BIG_BYTES;
    const more = () => {
      while (left > 0) {
        left -= PIECE.length;
        if (!response.write(PIECE)) return;
      }
      response.end();
    };
    response.on('drain', more);
    more();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, stop };
}
