import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished, vi } from 'vitest';
import { registry } from '@/lib/registry';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and body as they came. */
  content: string;
}

export interface MailServer {
  url: string;
  mails: ReceivedMail[];
  /** How many connections came, mail or not. */
  connections: number;
  /** Refuses every mail for now, as a server in trouble does. */
  inTrouble: boolean;
  /** Awaited before a mail is taken. */
  beforeMail: () => Promise<void>;
}

/** A mail server without TLS on a free port that keeps what it was given; it stops with the test that started it. */
export async function startMailServer(): Promise<MailServer> {
  const state: MailServer = {
    url: '',
    mails: [],
    connections: 0,
    inTrouble: false,
    beforeMail: async () => undefined,
  };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    state.connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket, state);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  state.url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return state;
}

/** Makes ORGDOCK_SMTP_URL name this server until the test ends. */
export function useMailServer(url: string): void {
  vi.stubEnv('ORGDOCK_SMTP_URL', url);
  registry().slots.delete('env');
  onTestFinished(() => {
    registry().slots.delete('env');
  });
}

function serve(socket: Socket, state: MailServer): void {
  let mail: ReceivedMail = { from: '', to: [], content: '' };
  let readsContent = false;
  let rest = '';
  const reply = (line: string) => socket.write(`${line}\r\n`);
  const obey = (line: string) => {
    if (readsContent) {
      if (line !== '.') {
        mail.content += `${line}\n`;
        return;
      }
      readsContent = false;
      const taken = mail;
      mail = { from: '', to: [], content: '' };
      void state.beforeMail().then(() => {
        state.mails.push(taken);
        reply('250 Taken');
      });
      return;
    }
    const [command = ''] = line.toUpperCase().split(/[ :]/, 1);
    if (command === 'EHLO') return reply('250-mail.example\r\n250 8BITMIME');
    if (command === 'MAIL' && state.inTrouble) return reply('451 Try again later, ada@acme.example');
    if (command === 'MAIL') mail.from = addressOf(line);
    if (command === 'RCPT') mail.to.push(addressOf(line));
    if (command === 'DATA') {
      readsContent = true;
      return reply('354 Go ahead');
    }
    if (command === 'QUIT') return socket.end('221 Bye\r\n');
    return reply('250 OK');
  };
  socket.on('data', (chunk) => {
    rest += chunk.toString();
    const lines = rest.split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) obey(line);
  });
  reply('220 mail.example');
}

function addressOf(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}
