import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { request } from 'undici';

/** The query of the grid's first window, and the columns that are shown of its records. */
export interface RowSource {
  url: string;
  headers: Record<string, string>;
  /** Field paths such as `Name` and `Owner.Name`. */
  columns: string[];
}

const inflate = promisify(gunzip);

/** Asks as the portal does, and parses: the text of each cell, row by row. */
export async function readRows({ url, headers, columns }: RowSource): Promise<string[][]> {
  const response = await request(url, { headers: { ...headers, 'accept-encoding': 'gzip' } });
  const body = Buffer.from(await response.body.arrayBuffer());
  if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${body}`);
  const plain = response.headers['content-encoding'] === 'gzip' ? await inflate(body) : body;
  const { records } = JSON.parse(plain.toString('utf8')) as { records: Record<string, unknown>[] };
  const paths = columns.map((column) => column.split('.'));
  return records.map((record) => paths.map((path) => textAt(record, path)));
}

function textAt(record: unknown, path: readonly string[]): string {
  const value = path.reduce<unknown>(
    (at, name) => (at === null || at === undefined ? null : (at as Record<string, unknown>)[name]),
    record,
  );
  return value === null || value === undefined ? '' : String(value);
}
