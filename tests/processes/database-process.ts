import { sql } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { people } from '@/db/schema';
import { databaseReady, type StartMode, startDatabase, stopDatabase } from '@/db/start';
import { toProblem } from '@/lib/errors';

/** A process of its own that opens the database and does what its parent says, one message at a time. */
export type Order = 'insert' | 'count' | 'role' | 'ready' | 'stop';

async function obey(order: Order): Promise<unknown> {
  switch (order) {
    case 'insert':
      return withSystem('test', async (tx) => {
        const [row] = await tx.insert(people).values({ displayName: 'x' }).returning({ id: people.id });
        return row?.id;
      });
    case 'count':
      return withSystem('test', (tx) => tx.$count(people));
    case 'role':
      return withSystem('test', async (tx) => (await tx.execute(sql`SELECT current_user AS role`))[0]?.role);
    case 'ready':
      return databaseReady();
    case 'stop':
      await stopDatabase();
      return process.disconnect();
  }
}

async function answer(work: () => Promise<unknown>): Promise<void> {
  let message: { value: unknown } | { problem: unknown };
  try {
    message = { value: await work() };
  } catch (error) {
    message = { problem: { ...toProblem(error), raw: String(error) } };
  }
  if (process.connected) process.send?.(message);
}

process.on('message', (order: Order) => void answer(() => obey(order)));
process.on('disconnect', () => process.exit());
await answer(() => startDatabase(process.argv[2] as StartMode));
