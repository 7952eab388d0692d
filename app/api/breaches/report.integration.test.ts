import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Role } from '@/lib/context';
import { startBreach } from '@/lib/custody/breach/commands';
import { verifyReport } from '@/lib/custody/breach/report/verify-report';
import { Browser } from '@/tests/browser';
import { settled } from '@/tests/connected';
import { makeContext, makePerson } from '@/tests/factories';
import { POST } from './[id]/report/route';

describe('POST /api/breaches/<id>/report', () => {
  async function ask(role: Role, id: string) {
    const browser = new Browser();
    await browser.signIn(await makePerson({ role }));
    return await POST(browser.post(`/api/breaches/${id}/report`, {}), { params: Promise.resolve({ id }) });
  }

  it('gives administrators and auditors a file, and members nothing', async () => {
    const form = { reason: 'A backup was lost.', backupDays: '14', confirmation: 'everything' };
    const id = await startBreach(await makeContext('admin'), { choice: { kind: 'all', name: '' }, form });
    await settled();
    for (const role of ['admin', 'auditor'] as const) {
      const answer = await ask(role, id);
      expect(answer.headers.get('content-disposition')).toContain(`-${id.slice(0, 8)}.jws`);
      expect((await verifyReport((await answer.text()).trim())).isSigned).toBe(true);
    }
    expect((await ask('member', id)).status).toBe(403);
    expect((await ask('admin', randomUUID())).status).toBe(404);
    expect((await ask('admin', 'no-id')).status).toBe(404);
  });
});
