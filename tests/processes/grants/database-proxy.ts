import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A simple query as PostgreSQL's protocol has it: `Q`, four bytes of length, the text, a zero. */
const query = (words: string) => new RegExp(`^Q[\\s\\S]{4}${words}\\0$`);
const [BEGIN, COMMIT] = [query('BEGIN'), query('COMMIT')];

interface Loss {
  of: RegExp;
  resolve: () => void;
}

/** A relay in front of PostgreSQL that can lose the acknowledgement of a commit. */
export class DatabaseProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #losses: Loss[] = [];
  readonly url: string;

  private constructor(server: Server, databaseUrl: string) {
    this.#server = server;
    const url = new URL(databaseUrl);
    const { hostname, port } = url;
    url.port = String((server.address() as AddressInfo).port);
    this.url = url.href;
    server.on('connection', (client) => this.#relay(client, { host: hostname, port: Number(port) }));
  }

  static async start(databaseUrl: string): Promise<DatabaseProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new DatabaseProxy(server, databaseUrl);
  }

  /**
   * The next commit of a transaction whose bytes fit is done, and its connection is gone before anybody hears of it.
   * Resolves then.
   */
  loseAcknowledgement(of: RegExp): Promise<void> {
    return new Promise((resolve) => this.#losses.push({ of, resolve }));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #relay(client: Socket, to: { host: string; port: number }): void {
    const server = connect(to);
    let transaction = '';
    let loss: Loss | null = null;
    for (const [from, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(from);
      from.on('error', () => other.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        other.destroy();
      });
    }
    client.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (BEGIN.test(text)) transaction = '';
      transaction += text;
      if (COMMIT.test(text)) loss = this.#takeLoss(transaction);
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (loss === null) return void client.write(chunk);
      // The server has answered: it is committed.
      client.destroy();
      server.destroy();
      loss.resolve();
    });
  }

  #takeLoss(transaction: string): Loss | null {
    const index = this.#losses.findIndex(({ of }) => of.test(transaction));
    return this.#losses.splice(index, index < 0 ? 0 : 1)[0] ?? null;
  }
}
