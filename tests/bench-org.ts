import type { RecordsAccess } from '@/lib/records/with-records';
import type { DataBench } from '@/simulator/testing/data-service';
import { sendJson, startLoopback } from './loopback';
import { accessTo } from './records-access';

/** The data services of a bench over HTTP, for one of its users. Stops with the test. */
export async function startBenchOrg(bench: DataBench, username: string): Promise<() => RecordsAccess> {
  const user = bench.user(username);
  const { origin } = await startLoopback(async ({ url, headers }, response) => {
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const answer = await bench.get(url.pathname + url.search, { user, headers: given });
    if (answer.body.kind === 'json')
      return sendJson(response, answer.status, answer.body.value, answer.headers);
    return response.writeHead(answer.status, answer.headers).end();
  });
  return () => accessTo(origin, { orgId: bench.org.orgId, userId: user.id });
}
