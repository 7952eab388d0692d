import { startDatabase, stopDatabase } from '@/db/start';
import { toProblem } from '@/lib/errors';

/** `npm run db:migrate`: brings the database to this version's structure, makes the portal's role, and ends. */
try {
  await startDatabase('command');
  console.log('The database has the structure of this version.');
  await stopDatabase();
} catch (error) {
  const { message, nextStep, code } = toProblem(error);
  console.error(code === 'INTERNAL' ? error : [message, nextStep].filter(Boolean).join('\n'));
  process.exitCode = 1;
}
