import { describe, expect, it } from 'vitest';
import { hasWord, rowTest, wordsOf } from '@/simulator/rest/search/words';
import { dataBench, jsonOf } from '@/simulator/testing/data-service';

const bench = dataBench();
const ROOT = '/services/data/v66.0/parameterizedSearch';
type Found = { searchRecords: Record<string, unknown>[] } & { errorCode: string; message: string }[];

async function search(parameters: Record<string, string>, user = bench.user('ada')) {
  const response = await bench.get(`${ROOT}?${new URLSearchParams(parameters)}`, { user });
  return { status: response.status, value: jsonOf<Found>(response) };
}

async function post(body: object) {
  const response = await bench.post(ROOT, body);
  return { status: response.status, value: jsonOf<Found>(response) };
}

const account = { sobject: 'Account', 'Account.fields': 'Id,Name' };

describe('parameterizedSearch', () => {
  it('finds words by their start, in any order and case', async () => {
    const { value } = await search({ q: 'SÖHNE o', in: 'NAME', ...account });
    expect(value.searchRecords).toEqual([
      {
        attributes: {
          type: 'Account',
          url: expect.stringMatching(/^\/services\/data\/v66.0\/sobjects\/Account\/001/),
        },
        Id: expect.stringMatching(/^001/),
        Name: "O'Hara & Söhne <script>alert(1)</script>",
      },
    ]);
    const star = await search({ q: 'söh*', in: 'NAME', ...account });
    expect(star.value).toEqual(value);
    expect((await search({ q: 'öhne', in: 'NAME', ...account })).value.searchRecords).toEqual([]);
  });

  it('gives the ids of every searchable object when none is named', async () => {
    const { searchRecords } = (await search({ q: 'project' })).value;
    const types = new Set(searchRecords.map(({ attributes }) => (attributes as { type: string }).type));
    expect(types).toContain('Project__c');
    expect(types).not.toContain('Organization');
    expect(Object.keys(searchRecords[0] ?? {})).toEqual(['attributes', 'Id']);
  });

  it('keeps the limit of each object and of all together', async () => {
    const sobjects = [
      { name: 'Project__c', limit: 3 },
      { name: 'Wide__c', fields: ['Name'] },
    ];
    const { searchRecords } = (await post({ q: 'proj', sobjects, overallLimit: 5 })).value;
    expect(searchRecords).toHaveLength(3);
    const both = await post({ q: 'wide', in: 'NAME', fields: ['Id'], sobjects, overallLimit: 2 });
    expect(both.value.searchRecords).toHaveLength(2);
    expect(Object.keys(both.value.searchRecords[0] ?? {})).toEqual(['attributes', 'Name']);
  });

  it('looks only where it is told to', async () => {
    const soql = encodeURIComponent(
      'SELECT Email, Phone FROM Contact WHERE Email != null AND Phone != null LIMIT 1',
    );
    const { records } = jsonOf<{ records: { Email: string; Phone: string }[] }>(
      await bench.get(`/services/data/v66.0/query?q=${soql}`),
    );
    const [mailbox = ''] = (records[0]?.Email ?? '').split('@');
    const q = mailbox.replace('.', ' ');
    const fields = { sobject: 'Contact', 'Contact.fields': 'Email' };
    expect((await search({ q, in: 'EMAIL', ...fields })).value.searchRecords).toMatchObject([
      { Email: records[0]?.Email },
    ]);
    expect((await search({ q, in: 'PHONE', ...fields })).value.searchRecords).toEqual([]);
    const phone = await search({
      q: records[0]?.Phone.replaceAll(/[()+]/g, ' ') ?? '',
      in: 'PHONE',
      ...fields,
    });
    expect(phone.status === 200 && phone.value.searchRecords.length).toBeGreaterThan(0);
  });

  it('neither gives nor searches what field-level security hides', async () => {
    const franz = bench.user('franz');
    const refused = await search({ q: 'acme', sobject: 'Account', 'Account.fields': 'AnnualRevenue' }, franz);
    expect(refused).toMatchObject({ status: 400, value: [{ errorCode: 'INVALID_FIELD' }] });
    const q = { q: 'AC 100001', ...account };
    expect((await search(q)).value.searchRecords).toHaveLength(1);
    bench.org.hidden.set('Account.AccountNumber', new Map([[franz.username, true]]));
    expect((await search(q, franz)).value.searchRecords).toEqual([]);
    bench.org.hidden.clear();
  });

  it.each([
    [{ q: '' }, 'MALFORMED_SEARCH'],
    [{ q: 'a' }, 'MALFORMED_SEARCH'],
    [{ q: 'a*' }, 'MALFORMED_SEARCH'],
    [{ in: 'NAME' }, 'MALFORMED_SEARCH'],
    [{ q: 'acme', in: 'NOTES' }, 'MALFORMED_SEARCH'],
    [{ q: 'acme', overallLimit: '2001' }, 'MALFORMED_SEARCH'],
    [{ q: 'acme', overallLimit: '0' }, 'MALFORMED_SEARCH'],
    [{ q: 'acme', sobject: 'Nothing' }, 'INVALID_TYPE'],
    [{ q: 'acme', sobject: 'Organization' }, 'INVALID_TYPE'],
    [{ q: 'acme', sobject: 'Account', fields: 'Nope' }, 'INVALID_FIELD'],
  ] as [Record<string, string>, string][])('refuses %j with %s', async (parameters, errorCode) => {
    expect(await search(parameters)).toMatchObject({ status: 400, value: [{ errorCode }] });
  });

  it.each([
    { q: '"acme corp"' },
    { q: 'acme OR umbrella' },
    { q: 'ac*me' },
    { q: 'acme', fields: 'Id' },
    { q: 'acme', sobject: 'Account,Contact' },
    { q: 'acme', sobject: 'Account', 'Contact.fields': 'Id' },
  ])('does not know %j', async (parameters) => {
    expect((await search(parameters as unknown as Record<string, string>)).status).toBe(501);
  });

  it.each([
    { q: 'acme', spellCorrection: true },
    { q: 'acme', sobjects: [{ name: 'Account', where: "Name = 'x'" }] },
  ])('does not know the body %j', async (body) => {
    expect((await post(body)).status).toBe(501);
  });

  it('exists since v36.0', async () => {
    expect((await bench.get('/services/data/v35.0/parameterizedSearch?q=acme')).status).toBe(404);
  });
});

describe('the words of a large table', () => {
  const large = dataBench(undefined, 50_000, 10);
  const table = large.service.data.table('Account');

  it.each(['acme', 'ridge summit', 'ltd', '312', 'x', 'söhne', 'zzqu', 'ac 100042'])(
    'rule out no row that matches %s',
    (q) => {
      if (!table) throw new Error('no Account');
      const words = wordsOf(q);
      const facts = { user: large.user('ada'), table, scope: 'ALL' as const, words };
      const fast = rowTest({ ...facts, org: large.org });
      // With a filled field nothing is kept, so that every cell is read.
      const slow = rowTest({ ...facts, org: { ...large.org, filled: new Map([['Account.Nothing', '']]) } });
      const rows = Array.from({ length: table.size }, (_, row) => row);
      expect(rows.filter((row) => fast?.(row))).toEqual(rows.filter((row) => slow?.(row)));
    },
  );

  it('start at the beginning of a word only', () => {
    expect([hasWord('müller & co', 'co'), hasWord('falcon', 'co'), hasWord('a-co', 'co')]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
