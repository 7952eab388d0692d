/** A bare `node:http` server: the same fetch, and the rows as one string of HTML. No session, no rights, no escape hatch. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RowSource, readRows } from '../yardstick-app/read-rows';
import { ready, settings } from './channel';

const source = settings<RowSource>();
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '');
const row = (tag: 'td' | 'th', cells: readonly string[]) =>
  `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;

const server = createServer((_, outgoing) => {
  readRows(source)
    .then((rows) => {
      outgoing.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      const body = rows.map((cells) => row('td', cells)).join('');
      outgoing.end(
        `<!doctype html><html lang="en"><body><table><thead>${row('th', source.columns)}</thead><tbody>${body}</tbody></table></body></html>`,
      );
    })
    .catch(() => outgoing.writeHead(500).end());
});
server.listen(0, '127.0.0.1', () => ready(`http://localhost:${(server.address() as AddressInfo).port}`));
