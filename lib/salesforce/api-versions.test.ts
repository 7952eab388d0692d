import { describe, expect, it } from 'vitest';
import { sendJson, startLoopback } from '@/tests/loopback';
import { listApiVersions } from './api-versions';

const version = (number: number) => ({
  label: `Release ${number}`,
  url: `/services/data/v${number}.0`,
  version: `${number}.0`,
});

describe('listApiVersions', () => {
  it('asks without a token, and gives the newest first with what will be gone marked', async () => {
    const { origin, seen } = await startLoopback((_request, response) =>
      sendJson(response, 200, [30, 31, 40, 41, 68].map(version)),
    );
    expect(await listApiVersions(origin)).toEqual([
      { label: 'Release 68', version: '68.0', state: 'current' },
      { label: 'Release 41', version: '41.0', state: 'current' },
      { label: 'Release 40', version: '40.0', state: 'deprecated' },
      { label: 'Release 31', version: '31.0', state: 'deprecated' },
      { label: 'Release 30', version: '30.0', state: 'retired' },
    ]);
    expect(seen[0]?.url.pathname).toBe('/services/data');
    expect(seen[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    [404, []],
    [200, { versions: [] }],
    [200, [{ label: 'x', version: '<b>' }]],
  ])('takes no %i %j for a list', async (status, body) => {
    const { origin } = await startLoopback((_request, response) => sendJson(response, status, body));
    await expect(listApiVersions(origin)).rejects.toMatchObject({ code: 'SALESFORCE_ANSWER_INVALID' });
  });

  it('asks no other host', async () => {
    await expect(listApiVersions('https://evil.example')).rejects.toMatchObject({ code: 'HOST_NOT_ALLOWED' });
  });
});
