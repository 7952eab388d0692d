import { markRestored } from '@/lib/connections/restore/mark-restored';
import { listWaitingAnswers } from '@/lib/connections/spool/queries';
import { spoolFolder } from '@/lib/connections/spool/spool-files';
import { type AdminCommand, adminContext, UsageError } from './command';

function noArguments(args: string[]): void {
  if (args.length > 0) throw new UsageError('takes no arguments');
}

export const restored: AdminCommand = {
  name: 'restored',
  parameters: '',
  help: [
    'After a backup was restored: every refresh token is introspected before it is',
    'spent again. Orgdock notices most restores itself; this is for the others.',
  ],
  async run(args) {
    noArguments(args);
    const marked = await markRestored(adminContext, 'command');
    console.log(`${marked} connections are verified at Salesforce before their next refresh.`);
  },
};

export const spool: AdminCommand = {
  name: 'spool',
  parameters: '',
  help: ['Lists answers of Salesforce that wait on this disk until the database takes them.'],
  async run(args) {
    noArguments(args);
    const waiting = await listWaitingAnswers();
    console.log(waiting.length === 0 ? `Nothing waits in ${spoolFolder()}.` : `In ${spoolFolder()}:\n`);
    for (const { attemptId, writtenAt, connectionId, generation, problem } of waiting) {
      const what = problem ?? `connection ${connectionId}, spent generation ${generation}`;
      console.log(`  ${writtenAt}  attempt ${attemptId}  ${what}`);
    }
  },
};
