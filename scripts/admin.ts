import { existsSync } from 'node:fs';
import path from 'node:path';
import { withSystem } from '@/db/client';
import { startDatabase, stopDatabase } from '@/db/start';
import { closeSetup } from '@/lib/consent/setup-token';
import type { SystemContext } from '@/lib/context';
import { portalOrigin } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { grantAdmin } from '@/lib/people/commands';
import { requirePersonNamed } from '@/lib/people/queries';
import { createSignInLink } from '@/lib/session/sign-in-links';

const HELP = `Usage: npm run admin -- <command> <person>

A person is named by e-mail, Salesforce username or id.

  sign-in-link <person>   Prints a link that signs the person in once within 10 minutes.
                          The way in when Salesforce itself is the problem.
  grant-admin <person>    Makes the person an administrator.

Works beside a running portal or alone, with the same settings (.env.example). Every use is audited.`;

const ctx: SystemContext = { kind: 'system', reason: 'admin command line', request: null };

async function signInLink(name: string): Promise<void> {
  const { person, path } = await withSystem(ctx.reason, async (tx) => {
    const found = await requirePersonNamed(tx, name);
    if (found.deactivated) throw new AppError('CONFLICT', `${found.displayName} is deactivated.`);
    return { person: found, ...(await createSignInLink(tx, ctx, found.id)) };
  });
  console.log(`Signs in ${person.displayName} (${person.id}), once, within 10 minutes:\n`);
  console.log(`  ${portalOrigin()}${path}`);
}

async function makeAdmin(name: string): Promise<void> {
  const person = await withSystem(ctx.reason, async (tx) => {
    const found = await requirePersonNamed(tx, name);
    await grantAdmin(tx, ctx, found);
    // With an admin in place, nobody may become one by the set-up token.
    await closeSetup(tx, ctx);
    return found;
  });
  console.log(`${person.displayName} (${person.id}) is an administrator now.`);
}

const COMMANDS: Record<string, (name: string) => Promise<void>> = {
  'sign-in-link': signInLink,
  'grant-admin': makeAdmin,
};

async function main([command, name, ...rest]: string[]): Promise<number> {
  if (command === undefined || command === 'help' || command === '--help') {
    console.log(HELP);
    return 0;
  }
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!run || !name || rest.length > 0) {
    console.error(run ? `${command} needs one person.\n` : `There is no command "${command}".\n`);
    console.error(HELP);
    return 2;
  }
  try {
    await startDatabase('command');
    await run(name);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error([error.message, error.nextStep].filter(Boolean).join('\n'));
    return 1;
  } finally {
    await stopDatabase();
  }
}

// The same settings as server.mjs; what the shell has set comes first.
for (const file of ['.env.local', '.env'].map((name) => path.join(import.meta.dirname, '..', name))) {
  if (existsSync(file)) process.loadEnvFile(file);
}
process.exitCode = await main(process.argv.slice(2));
