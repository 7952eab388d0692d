import { Pool } from 'undici';
import type { Stage } from './stage';

const CALLS = 1_000;

export interface Herd {
  served: number;
  /** Refreshes that reached the token endpoint. */
  refreshes: number;
  waits: number[];
}

/** A thousand calls of one program at once, whose access token has ended. */
export async function measureHerd(stage: Stage): Promise<Herd> {
  await stage.control.act({ act: 'expire_access_tokens', org: 'production' });
  await stage.control.clearLedger();
  const pool = new Pool(stage.portal.origin, { connections: 200 });
  const headers = { authorization: `Bearer ${stage.program('simulated', 0).secret}` };
  const waits: number[] = [];
  let served = 0;
  await Promise.all(
    Array.from({ length: CALLS }, async () => {
      const began = performance.now();
      const answer = await pool.request({ path: '/services/data/v66.0/limits', method: 'GET', headers });
      await answer.body.dump();
      if (answer.statusCode === 200) served += 1;
      waits.push(performance.now() - began);
    }),
  );
  await pool.close();
  const sent = await stage.control.listRequests({ org: 'production' });
  const refreshes = sent.filter(({ params }) => params.grant_type === 'refresh_token').length;
  return { served, refreshes, waits };
}
