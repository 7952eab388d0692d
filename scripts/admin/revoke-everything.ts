import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { withSystem } from '@/db/client';
import { revokeEverything } from '@/lib/custody/revoke-everything/commands';
import { previewRevocation } from '@/lib/custody/revoke-everything/queries';
import type { RevocationProgress, RevocationScope } from '@/lib/custody/types';
import { requireEnvironmentNamed } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';
import { requirePersonNamed } from '@/lib/people/queries';
import { type AdminCommand, adminContext, UsageError } from './command';
import { previewInWords, progressInWords, reportInWords } from './revocation-words';

export const revokeEverythingCommand: AdminCommand = {
  name: 'revoke-everything',
  parameters: '--environment <slug> | --person <person> | --all  [--yes]',
  help: [
    'Disconnects everything of the scope and revokes each grant at its org.',
    'Says first what will happen, and asks; --yes answers. Ends with 1 when',
    'a grant is left that no org has confirmed.',
  ],
  async run(args) {
    const { scope, subject, confirmed } = await readArguments(args);
    const preview = await previewRevocation(adminContext, scope);
    console.log(previewInWords(subject, preview));
    if (!confirmed) await askOnTerminal();
    const report = await revokeEverything(adminContext, scope, liveProgress());
    console.log(reportInWords(report));
    if (report.left.length > 0) throw grantsLeft(report.left.length);
  },
};

async function readArguments(
  args: string[],
): Promise<{ scope: RevocationScope; subject: string; confirmed: boolean }> {
  const { environment, person, all = false, yes = false } = parse(args);
  if ([environment !== undefined, person !== undefined, all].filter(Boolean).length !== 1) {
    throw new UsageError('needs one of --environment, --person and --all');
  }
  if (!yes && !process.stdin.isTTY) throw new UsageError('asks on a terminal; without one it needs --yes');
  if (all) return { scope: 'all', subject: 'the whole portal', confirmed: yes };
  return await withSystem(adminContext.reason, async (tx) => {
    if (environment !== undefined) {
      const { id, name } = await requireEnvironmentNamed(tx, environment);
      return { scope: { environmentId: id }, subject: `the environment ${name}`, confirmed: yes };
    }
    const found = await requirePersonNamed(tx, person ?? '');
    return {
      scope: { personId: found.id },
      subject: `${found.displayName} (${found.id})`,
      confirmed: yes,
    };
  });
}

function parse(args: string[]) {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    return parseArgs({ args, options: { environment: text, person: text, all: flag, yes: flag } }).values;
  } catch (error) {
    throw new UsageError(`does not understand this: ${error instanceof Error ? error.message : error}`);
  }
}

async function askOnTerminal(): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question('\nType "revoke" to go on: ');
    if (answer.trim() !== 'revoke') throw new AppError('CONFLICT', 'Nothing was revoked.');
  } finally {
    terminal.close();
  }
}

/** One line that is written over on a terminal, and otherwise a line every two seconds. */
function liveProgress(): (progress: RevocationProgress) => void {
  const terminal = process.stdout.isTTY;
  let last = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    const isOver = progress.done === progress.total;
    if (terminal) process.stdout.write(`\r\u001B[K${progressInWords(progress)}${isOver ? '\n' : ''}`);
    else if (isOver || now - last > 2_000) {
      last = now;
      console.log(progressInWords(progress));
    }
  };
}

function grantsLeft(count: number): AppError {
  const what = count === 1 ? 'One grant is' : `${count} grants are`;
  return new AppError('REVOCATION_UNCONFIRMED', `${what} not confirmed as ended.`, {
    nextStep:
      'A running portal goes on trying what is queued. The rest can be ended in Salesforce: Setup → Connected Apps OAuth Usage.',
  });
}
