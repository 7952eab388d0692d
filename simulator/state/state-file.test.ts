import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ControlClient } from '@/simulator/control-client';
import { PRODUCTION } from '@/simulator/seed/facts';
import { startSimulator } from '@/simulator/server';

const folder = mkdtempSync(path.join(tmpdir(), 'simulator-state-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = { accounts: { production: 5, uat: 5 }, opportunities: { production: 5, uat: 5 } };

async function spend(
  origin: string,
  refreshToken: string,
): Promise<{ status: number; body: Record<string, string> }> {
  const response = await fetch(`${origin}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: PRODUCTION.clientId,
      client_secret: PRODUCTION.clientSecret,
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

/** A file in which Ada has one grant, whose refresh token was rotated once. */
function stateFile(name: string, current: string, consumed: string): string {
  const file = path.join(folder, name);
  const grant = {
    id: 7,
    userId: PRODUCTION.users.ada.id,
    clientId: PRODUCTION.clientId,
    scopes: ['openid', 'api', 'refresh_token'],
    createdAt: Date.now(),
    lastUsedAt: Date.now(),
    refreshToken: current,
    rotations: 1,
    inFlight: false,
    ended: null,
    tokens: [consumed, current],
  };
  writeFileSync(file, JSON.stringify({ [PRODUCTION.orgId]: { grants: [grant], approvals: [] } }));
  return file;
}

describe('a state file', () => {
  it('lets a grant live on over restarts, with its newest refresh token only', async () => {
    const file = stateFile('restart.json', '5Aep861current', '5Aep861consumed');
    const first = await startSimulator({ ...small, stateFile: file });
    const rotated = await spend(first.org('production').origin, '5Aep861current');
    await first.stop();
    expect(rotated.status).toBe(200);

    const second = await startSimulator({ ...small, stateFile: file });
    const again = await spend(second.org('production').origin, rotated.body.refresh_token ?? '');
    const replayed = await spend(second.org('production').origin, '5Aep861current');
    await second.stop();
    expect(again.status).toBe(200);
    expect(replayed.body.error).toBe('invalid_grant');
    expect(JSON.parse(readFileSync(file, 'utf8'))[PRODUCTION.orgId].grants[0].ended).toBe('replayed');
  });

  it('keeps what Setup says of flows without a person', async () => {
    const file = stateFile('setup.json', '5Aep861current', '5Aep861consumed');
    const first = await startSimulator({ ...small, stateFile: file });
    const changes = { clientCredentialsUser: PRODUCTION.users.grace.username };
    await new ControlClient(first.controlOrigin).act({ act: 'change_app', org: 'production', changes });
    await spend(first.org('production').origin, '5Aep861current');
    await first.stop();

    const second = await startSimulator({ ...small, stateFile: file });
    const form = { grant_type: 'client_credentials', client_id: PRODUCTION.clientId };
    const response = await fetch(`${second.org('production').origin}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, client_secret: PRODUCTION.clientSecret }),
    });
    await second.stop();
    expect(((await response.json()) as { id: string }).id).toContain(PRODUCTION.users.grace.id);
  });

  it('is started afresh when it is damaged', async () => {
    const file = path.join(folder, 'damaged.json');
    writeFileSync(file, '{"half":');
    const simulator = await startSimulator({ ...small, stateFile: file });
    const answer = await spend(simulator.org('production').origin, '5Aep861anything');
    await simulator.stop();
    expect(answer.body.error).toBe('invalid_grant');
  });
});
