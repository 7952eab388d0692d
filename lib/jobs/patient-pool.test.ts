import type { Pool } from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { patientPool } from '@/lib/jobs/patient-pool';

/** A pool whose one client answers every statement with this. */
function poolWith(query: () => Promise<unknown>) {
  const release = vi.fn();
  const connect = vi.fn(async () => ({ query, release }));
  const pool = { options: {}, on: vi.fn(), removeListener: vi.fn(), query, connect };
  return { pool: pool as unknown as Pool, connect, release };
}

describe('the pool of the job worker', () => {
  it.each([
    new Error('Connection terminated unexpectedly'),
    Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
    Object.assign(new Error('terminating connection'), { code: '57P01' }),
  ])('has a statement sent again that broke with "%s"', async (broken) => {
    const { pool, release } = poolWith(() => Promise.reject(broken));
    const client = await patientPool(pool, { listens: true }).connect();
    // The code that graphile-worker takes as "try again".
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '57P03', cause: broken });
    client.release();
    expect(release).toHaveBeenCalledOnce();
  });

  it('passes on what is wrong with a statement itself', async () => {
    const wrong = Object.assign(new Error('syntax error'), { code: '42601' });
    const { pool } = poolWith(() => Promise.reject(wrong));
    const patient = patientPool(pool, { listens: true });
    await expect((await patient.connect()).query('SELEC')).rejects.toBe(wrong);
    await expect(patient.query('SELEC')).rejects.toBe(wrong);
  });

  it.each([true, false])('connects for LISTEN where connections keep their session: %s', (listens) => {
    const { pool, connect } = poolWith(async () => ({ rows: [] }));
    patientPool(pool, { listens }).connect(() => undefined);
    expect(connect).toHaveBeenCalledTimes(listens ? 1 : 0);
  });
});
