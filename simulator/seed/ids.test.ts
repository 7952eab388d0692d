import { describe, expect, it } from 'vitest';
import { DEMO_ORGS } from '@/simulator/seed/facts';
import { checksumOf, id18, isRecordId, makeId } from '@/simulator/seed/ids';

describe('record ids', () => {
  it('get the checksum that Salesforce publishes for them', () => {
    // The Master record type has the same id in every org.
    expect(id18('012000000000000')).toBe('012000000000000AAA');
    expect(checksumOf('00Dx0000000BV7z')).toBe('EAG');
  });

  it('are refused when the checksum does not match', () => {
    const id = makeId('001', 'dM0', 123_456);
    expect(id).toHaveLength(18);
    expect(isRecordId(id)).toBe(true);
    expect(isRecordId(id.slice(0, 15))).toBe(true);
    expect(isRecordId(`${id.slice(0, 15)}ZZZ`)).toBe(false);
    expect(isRecordId('not an id')).toBe(false);
  });

  it('of the demo facts are valid and differ between orgs', () => {
    const ids = DEMO_ORGS.flatMap((org) => [org.orgId, ...Object.values(org.users).map((user) => user.id)]);
    expect(ids.every(isRecordId)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
