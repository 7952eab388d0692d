import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { applyImport } from '@/lib/environments/transfer/commands';
import { exportEnvironments, planImport } from '@/lib/environments/transfer/queries';
import { environmentsJsonSchema, parseTransferFile } from '@/lib/environments/transfer/schema';
import type { OfferedSecrets, PlanItem } from '@/lib/environments/transfer/types';
import { AppError } from '@/lib/errors';
import { type AdminCommand, adminContext, NotConfirmedError, UsageError } from './command';
import { importPlanInWords, importResultInWords } from './import-plan-words';

/** What the command needs of the world around it. */
export interface Surroundings {
  print: (text: string) => void;
  /** Null: there is no terminal to ask on. */
  ask: ((question: string) => Promise<string>) | null;
  /** The value of an environment variable. */
  variable: (name: string) => string | undefined;
}

export const environmentsCommand: AdminCommand = {
  name: 'environments',
  parameters: 'apply <file.json> [--yes] | export [slug] | schema',
  help: [
    'apply: says what the file would create and change, asks, and does it in one transaction;',
    '--yes answers. Ends with 0 when nothing differs or all was done, with 1 when something is',
    'refused or lacks its secret, with 3 when nobody confirmed. A secret comes from the variable',
    'that "consumerSecretFrom" names. export: prints the settings without secrets.',
    'schema: prints the JSON Schema of the file.',
  ],
  run: (args) => runEnvironments(args, surroundings()),
};

/** As the command, in given surroundings. */
export async function runEnvironments(args: string[], around: Surroundings): Promise<void> {
  const [what, ...rest] = args;
  if (what === 'apply') return await apply(rest, around);
  if (what === 'export' && rest.length <= 1) {
    return around.print(JSON.stringify(await exportEnvironments(adminContext, rest[0] ?? null), null, 2));
  }
  if (what === 'schema' && rest.length === 0) {
    return around.print(JSON.stringify(environmentsJsonSchema(), null, 2));
  }
  throw new UsageError('takes apply <file.json> [--yes], export [slug] or schema');
}

async function apply(args: string[], around: Surroundings): Promise<void> {
  const files = args.filter((argument) => argument !== '--yes');
  const [file] = files;
  if (!file || files.length > 1 || args.length > 2 || file.startsWith('--')) {
    throw new UsageError('needs one file to apply');
  }
  const content = await readText(file);
  const secrets = readSecrets(content, around);
  const plan = await planImport(adminContext, { content, secrets });
  around.print(importPlanInWords(plan));
  const left = plan.items.filter(({ kind }) => kind === 'refused' || kind === 'needs_secret');
  if (plan.items.some(({ kind }) => kind === 'create' || kind === 'change')) {
    await confirm(args.includes('--yes'), around);
    const result = await applyImport(adminContext, { content, secrets, seen: plan.seen });
    around.print(importResultInWords(result));
  } else {
    around.print('There is nothing to apply.');
  }
  if (left.length > 0) throw leftOut(left);
}

async function confirm(isConfirmed: boolean, { ask }: Surroundings): Promise<void> {
  if (isConfirmed) return;
  const answer = ask === null ? '' : await ask('\nType "apply" to go on: ');
  if (answer.trim() === 'apply') return;
  throw new NotConfirmedError(
    ask === null ? 'Nothing was changed: without a terminal, --yes confirms.' : 'Nothing was changed.',
  );
}

/** Orgdock's own settings, some of them secrets: no file gets one of them sent to an org. */
const OWN_VARIABLE = /^(?:ORGDOCK_|NEXTAUTH_|NEXT_|DATABASE_|TEST_DATABASE)/i;

/** The secrets that the file names variables for. An empty variable is none. Throws INVALID_INPUT for Orgdock's own. */
function readSecrets(content: string, { variable, print }: Surroundings): OfferedSecrets {
  const secrets: Record<string, string> = {};
  for (const { slug, consumerSecretFrom } of parseTransferFile(content)) {
    if (!consumerSecretFrom) continue;
    if (OWN_VARIABLE.test(consumerSecretFrom.variable)) throw ownVariable(slug, consumerSecretFrom.variable);
    const value = variable(consumerSecretFrom.variable)?.trim();
    if (value) secrets[slug] = value;
    else print(`The variable ${consumerSecretFrom.variable} of ${slug} is not set.`);
  }
  return secrets;
}

async function readText(file: string): Promise<string> {
  const name = path.resolve(file);
  try {
    return await readFile(name, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new AppError('NOT_FOUND', `The file ${name} cannot be read${code ? ` (${code})` : ''}.`);
  }
}

function ownVariable(slug: string, variable: string): AppError {
  return new AppError(
    'INVALID_INPUT',
    `${variable} of ${slug} is a setting of Orgdock, no consumer secret.`,
    {
      nextStep:
        'Name a variable of another kind under "consumerSecretFrom", like UAT_SECRET. Nothing was changed.',
    },
  );
}

function leftOut(items: PlanItem[]): AppError {
  return new AppError('CONFLICT', `Left out: ${items.map(({ slug }) => slug).join(', ')}.`, {
    nextStep: 'The plan above says why.',
  });
}

function surroundings(): Surroundings {
  return {
    print: (text) => console.log(text),
    ask: process.stdin.isTTY ? askOnTerminal : null,
    variable: (name) => process.env[name],
  };
}

async function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}
