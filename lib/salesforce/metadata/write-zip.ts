import { crc32, deflateRawSync } from 'node:zlib';

const LOCAL_FILE = 0x04034b50;
const CENTRAL_ENTRY = 0x02014b50;
const END_OF_CENTRAL = 0x06054b50;
/** Version 2.0 of the format, deflate; names are UTF-8 (bit 11). */
const VERSION = 20;
const UTF8_NAMES = 0x0800;
const DEFLATE = 8;
/** 1 January 1980, the first day the format knows: the same files give the same bytes. */
const NO_TIME = 0;
const FIRST_DATE = 0x0021;

/**
 * A zip archive of these files, in the order given: path inside the archive → text. Deterministic, for a handful of
 * small files: no zip64, no directories of their own.
 */
export function writeZip(files: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path, 'utf8');
    const content = Buffer.from(text, 'utf8');
    const packed = deflateRawSync(content);
    const facts = words([
      [2, VERSION],
      [2, UTF8_NAMES],
      [2, DEFLATE],
      [2, NO_TIME],
      [2, FIRST_DATE],
      [4, crc32(content)],
      [4, packed.length],
      [4, content.length],
      [2, name.length],
      [2, 0],
    ]);
    const head = Buffer.concat([words([[4, LOCAL_FILE]]), facts, name]);
    local.push(head, packed);
    // Behind the facts that both records share: no comment, first disk, text attributes, where the file begins.
    const tail = words([
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ]);
    central.push(
      words([
        [4, CENTRAL_ENTRY],
        [2, VERSION],
      ]),
      facts,
      tail,
      name,
    );
    offset += head.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const count = Object.keys(files).length;
  const end = words([
    [4, END_OF_CENTRAL],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, directory.length],
    [4, offset],
    [2, 0],
  ]);
  return Buffer.concat([...local, directory, end]);
}

/** Little-endian numbers one after the other: size in bytes and value. */
function words(parts: ReadonlyArray<readonly [size: number, value: number]>): Buffer {
  const buffer = Buffer.alloc(parts.reduce((sum, [size]) => sum + size, 0));
  parts.reduce((at, [size, value]) => buffer.writeUIntLE(value, at, size), 0);
  return buffer;
}
