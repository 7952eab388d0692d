import { crc32, inflateRawSync } from 'node:zlib';

const END_OF_CENTRAL = 0x06054b50;
const CENTRAL_ENTRY = 0x02014b50;
const LOCAL_FILE = 0x04034b50;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
/** "Metadata Limits": 39 MB zipped and 400 MB unzipped; no deployment of an app comes near this. */
const MAX_FILE_BYTES = 5 * 1024 * 1024;

/** A zip archive that cannot be read, in words. */
export class BadZip extends Error {}

/** The files of a zip archive by their path, folders left out. Throws `BadZip` for what a strict reader refuses. */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || zip.length - end < 22 || zip.readUInt32LE(end) !== END_OF_CENTRAL) {
    throw new BadZip('the end of the central directory is missing');
  }
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  const files = new Map<string, Buffer>();
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || zip.readUInt32LE(at) !== CENTRAL_ENTRY) throw new BadZip('an entry is damaged');
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    if (!name.endsWith('/')) {
      if (files.has(name)) throw new BadZip(`${name} is there twice`);
      files.set(name, readFile(zip, at, safePath(name)));
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

function safePath(name: string): string {
  if (name.startsWith('/') || name.includes('\\') || name.split('/').includes('..')) {
    throw new BadZip(`${name} leads out of the archive`);
  }
  return name;
}

function readFile(zip: Buffer, entry: number, name: string): Buffer {
  const flags = zip.readUInt16LE(entry + 8);
  const method = zip.readUInt16LE(entry + 10);
  const [checksum, packed, size, start] = [16, 20, 24, 42].map((at) => zip.readUInt32LE(entry + at));
  if (flags & ENCRYPTED) throw new BadZip(`${name} is encrypted`);
  if (method !== STORED && method !== DEFLATED) throw new BadZip(`${name} is packed in an unknown way`);
  if ((size ?? 0) > MAX_FILE_BYTES) throw new BadZip(`${name} is too large`);
  const local = start ?? 0;
  if (local + 30 > zip.length || zip.readUInt32LE(local) !== LOCAL_FILE)
    throw new BadZip(`${name} is missing`);
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const content = unpack(zip.subarray(from, from + (packed ?? 0)), method, name);
  if (content.length !== size || crc32(content) !== checksum) throw new BadZip(`${name} is damaged`);
  return content;
}

function unpack(packed: Buffer, method: number, name: string): Buffer {
  if (method === STORED) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: MAX_FILE_BYTES });
  } catch {
    throw new BadZip(`${name} is damaged`);
  }
}
