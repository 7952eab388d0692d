/**
 * Forgets, again and again, what the portal's rate limits have counted, until this process is ended: a tool that is
 * answered 429 finds nothing. Run by scripts/attack.mjs on the database of its own demo.
 */
import { connectOrStart } from '@/db/embedded/server';
import { openOwnerConnection } from '@/db/pool';

const INTERVAL_MS = 500;

const folder = process.argv[2];
if (!folder) throw new Error('Name the data folder of the demo.');
const { url } = await connectOrStart(folder);
const sql = openOwnerConnection(url);
await sql`DELETE FROM orgdock.rate_limits`;
console.log('forgetting');
setInterval(() => void sql`DELETE FROM orgdock.rate_limits`, INTERVAL_MS);
