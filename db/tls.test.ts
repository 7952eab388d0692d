import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { settlePreferredTls, tlsWeakness, withLibpqTls } from './tls';

const SERVER = 'postgres://orgdock:p%40ss@db.internal:5432/orgdock';

describe('sslmode in the address of the database', () => {
  it.each([
    ['', ''],
    ['?sslmode=disable', '?sslmode=disable'],
    ['?ssl=false', '?sslmode=disable'],
    ['?sslmode=require', '?sslmode=no-verify'],
    ['?sslmode=allow', '?sslmode=no-verify'],
    ['?sslmode=verify-ca', '?sslmode=verify-full'],
    ['?sslmode=verify-full', '?sslmode=verify-full'],
    ['?ssl=true', '?sslmode=verify-full'],
    ['?sslmode=require&sslrootcert=ca.pem', '?sslmode=require&sslrootcert=ca.pem&uselibpqcompat=true'],
    ['?sslmode=verify-ca&sslrootcert=ca.pem', '?sslmode=verify-ca&sslrootcert=ca.pem&uselibpqcompat=true'],
  ])('%j is read by node-postgres as %j', (given, expected) => {
    expect(withLibpqTls(SERVER + given)).toBe(SERVER + expected);
  });

  it.each([
    ['has TLS', 'S', 'require'],
    ['has none', 'N', 'disable'],
  ])('"prefer" takes what a server offers that %s', async (_, answer, expected) => {
    const asked: Buffer[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (request: Buffer) => {
        asked.push(request);
        socket.end(answer);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const url = `postgres://orgdock@127.0.0.1:${(server.address() as AddressInfo).port}/orgdock`;
    expect(await settlePreferredTls(`${url}?sslmode=prefer`)).toBe(`${url}?sslmode=${expected}`);
    // SSLRequest of PostgreSQL's protocol.
    expect(asked.map((request) => request.readInt32BE(4))).toEqual([80877103]);
  });

  it('leaves every other mode, and a server that does not answer, to the connection', async () => {
    expect(await settlePreferredTls(`${SERVER}?sslmode=verify-full`)).toBe(`${SERVER}?sslmode=verify-full`);
    const nobody = 'postgres://orgdock@127.0.0.1:1/orgdock';
    expect(await settlePreferredTls(`${nobody}?sslmode=prefer`)).toBe(`${nobody}?sslmode=require`);
  });
});

describe('the way to the database', () => {
  it.each([
    [SERVER, 'not encrypted'],
    [`${SERVER}?sslmode=disable`, 'not encrypted'],
    [`${SERVER}?sslmode=require`, 'nobody checks who answers'],
  ])('of %s is worth a word in the log', (url, words) => {
    expect(tlsWeakness(url)).toContain(words);
  });

  it.each([
    `${SERVER}?sslmode=verify-full`,
    `${SERVER}?sslmode=require&sslrootcert=ca.pem`,
    'postgres://orgdock@127.0.0.1:5432/orgdock',
    'postgres://orgdock@[::1]/orgdock',
    'postgres://orgdock@localhost/orgdock',
    'postgres:///orgdock?host=/var/run/postgresql',
  ])('of %s is not', (url) => {
    expect(tlsWeakness(url)).toBeNull();
  });
});
