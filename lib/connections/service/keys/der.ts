/** The few ASN.1 types that a certificate needs, in their distinguished encoding (X.690). */
export const der = {
  sequence: (...parts: Buffer[]) => element(0x30, Buffer.concat(parts)),
  set: (...parts: Buffer[]) => element(0x31, Buffer.concat(parts)),
  /** A context-specific tag around one value. */
  explicit: (tag: number, part: Buffer) => element(0xa0 + tag, part),
  /** Non-negative, from its big-endian bytes. */
  integer: (bytes: Buffer) => element(0x02, withSignBit(bytes)),
  boolean: (value: boolean) => element(0x01, Buffer.from([value ? 0xff : 0])),
  bitString: (bytes: Buffer, unusedBits = 0) =>
    element(0x03, Buffer.concat([Buffer.from([unusedBits]), bytes])),
  octetString: (bytes: Buffer) => element(0x04, bytes),
  nothing: () => element(0x05, Buffer.alloc(0)),
  /** Such as `2.5.4.3`. */
  oid: (dotted: string) => element(0x06, oidBytes(dotted.split('.').map(Number))),
  utf8: (text: string) => element(0x0c, Buffer.from(text, 'utf8')),
  /** RFC 5280 §4.1.2.5: two digits for the year until 2049, four from then on. */
  time: (instant: Date) => {
    const digits = instant.toISOString().replace(/[-:T]|\.\d+/g, '');
    return instant.getUTCFullYear() < 2050
      ? element(0x17, Buffer.from(digits.slice(2), 'ascii'))
      : element(0x18, Buffer.from(digits, 'ascii'));
  },
};

function element(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthBytes(content.length), content]);
}

function lengthBytes(length: number): Buffer {
  if (length < 128) return Buffer.from([length]);
  const bytes = base256(length);
  return Buffer.from([0x80 + bytes.length, ...bytes]);
}

function base256(value: number): number[] {
  return value < 256 ? [value] : [...base256(Math.floor(value / 256)), value % 256];
}

/** A leading one bit would make it negative; leading zeros are not allowed. */
function withSignBit(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Buffer.from([0]) : bytes.subarray(first);
  return (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits;
}

function oidBytes([first = 0, second = 0, ...rest]: number[]): Buffer {
  return Buffer.from([first * 40 + second, ...rest.flatMap(base128)]);
}

function base128(value: number): number[] {
  const digits = [value % 128];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) {
    digits.unshift((left % 128) + 128);
  }
  return digits;
}
