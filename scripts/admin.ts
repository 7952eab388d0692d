import { existsSync } from 'node:fs';
import path from 'node:path';
import { startDatabase, stopDatabase } from '@/db/start';
import { AppError } from '@/lib/errors';
import { type AdminCommand, NotConfirmedError, UsageError } from './admin/command';
import { environmentsCommand } from './admin/environments';
import { restored, spool } from './admin/grants';
import { exportKeyring, keys, retireKeyCommand } from './admin/keys';
import { grantAdminCommand, reactivateCommand, signInLink } from './admin/people';
import { revokeEverythingCommand } from './admin/revoke-everything';
import { rotateKeys } from './admin/rotate-keys';
import { verifyAudit } from './admin/verify-audit';
import { verifyReportCommand } from './admin/verify-report';

const COMMANDS: AdminCommand[] = [
  signInLink,
  grantAdminCommand,
  reactivateCommand,
  restored,
  spool,
  keys,
  rotateKeys,
  retireKeyCommand,
  exportKeyring,
  environmentsCommand,
  revokeEverythingCommand,
  verifyAudit,
  verifyReportCommand,
];

const HELP = `Usage: npm run admin -- <command> [arguments]

A person is named by e-mail, Salesforce username or id.

${COMMANDS.map(helpOf).join('\n\n')}

Works beside a running portal or alone, with the same settings (.env.example). Every change and every export is audited.`;

function helpOf({ name, parameters, help }: AdminCommand): string {
  return [`  ${name} ${parameters}`.trimEnd(), ...help.map((line) => `      ${line}`)].join('\n');
}

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help') {
    console.log(HELP);
    return 0;
  }
  const command = COMMANDS.find((one) => one.name === name);
  if (!command) {
    console.error(`There is no command "${name}".\n\n${HELP}`);
    return 2;
  }
  try {
    if (command.needsDatabase !== false) await startDatabase('command');
    await command.run(args);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${name} ${error.message}.\n\n${HELP}`);
      return 2;
    }
    if (error instanceof NotConfirmedError) {
      console.error(error.message);
      return 3;
    }
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
