import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { withSystem } from '@/db/client';
import { exportKeyRing, retireKey } from '@/lib/custody/key-ring/commands';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { exportRing, keyRing } from '@/lib/keyring';
import { type KeyUsage, readKeyUsage } from '@/lib/vault/key-usage';
import { type AdminCommand, adminContext, onlyArgument, UsageError } from './command';

export const keys: AdminCommand = {
  name: 'keys',
  parameters: '',
  help: ['Lists the keys of the key ring: how many stored secrets each seals, and which may go.'],
  async run(args) {
    if (args.length > 0) throw new UsageError('takes no arguments');
    const usage = await readKeyUsage((work) => withSystem(adminContext.reason, work));
    console.log(`The key ring: ${exportRing().origin}\n`);
    for (const kid of keyRing().kids) console.log(`  ${describeKey(kid, usage.values.get(kid) ?? 0)}`);
    const faults = faultsOf(usage);
    if (faults.length > 0) throw new AppError('VAULT_KEY_UNKNOWN', `\n${faults.join('\n')}`);
  },
};

function describeKey(kid: string, values: number): string {
  const { activeKid, kids } = keyRing();
  const notes = [
    kid === activeKid && 'active',
    kid === kids[0] && 'first: other secrets are derived from it',
    kid !== activeKid && kid !== kids[0] && values === 0 && `may go: npm run admin -- retire-key ${kid}`,
  ].filter(Boolean);
  return `${kid.padEnd(12)} seals ${values} values${notes.length > 0 ? `; ${notes.join('; ')}` : ''}`;
}

function faultsOf({ values, nameless }: KeyUsage): string[] {
  const held = new Set(keyRing().kids);
  const unknown = [...values].filter(([kid]) => !held.has(kid));
  return [
    ...unknown.map(
      ([kid, count]) => `${count} values are sealed with '${kid}', which the ring does not hold.`,
    ),
    ...nameless.map(({ table, column, rowId }) => `The value ${table}.${column}.${rowId} names no key.`),
  ];
}

export const retireKeyCommand: AdminCommand = {
  name: 'retire-key',
  parameters: '<key>',
  help: ['Takes a key out of the key ring that seals nothing any more.'],
  async run(args) {
    const kid = onlyArgument(args, 'key');
    const { origin, writable } = exportRing();
    if (!writable) {
      throw new AppError(
        'CONFLICT',
        `The key ring in ${origin} is changed where it is set, not by this command.`,
        {
          nextStep: 'Take out there, on every replica, what "npm run admin -- keys" says may go.',
        },
      );
    }
    await withSystem(adminContext.reason, (tx) => retireKey(tx, adminContext, kid));
    console.log(`Took the key '${kid}' out of ${origin}. Older backups of the database need it:`);
    console.log('keep the export of the key ring that belongs to them.');
  },
};

export const exportKeyring: AdminCommand = {
  name: 'export-keyring',
  parameters: '[--to <file>]',
  help: ['Prints the key ring, or writes it to a new file, for a backup apart from the data.'],
  async run(args) {
    const file = parseTarget(args);
    if (file) assertApart(file);
    const to = file ?? 'standard output';
    // The row stands before a key leaves.
    const json = await withSystem(adminContext.reason, (tx) => exportKeyRing(tx, adminContext, to));
    // What it says goes to the other stream, so that the first can be sent into a safe.
    console.error(
      'Whoever has this key ring and the database, or a backup of it, has every token and secret: keep them apart.',
    );
    if (file) writeNew(file, json);
    else process.stdout.write(json);
    if (file) console.error(`Written to ${file}, readable for its owner only.`);
  },
};

function parseTarget(args: string[]): string | null {
  const [flag, file] = args;
  if (args.length === 0) return null;
  if (args.length === 2 && flag === '--to' && file) return path.resolve(file);
  throw new UsageError('takes --to <file>, or nothing');
}

function assertApart(file: string): void {
  const dataDir = path.resolve(env().ORGDOCK_DATA_DIR);
  if (path.relative(dataDir, file).startsWith('..')) return;
  throw new AppError('INVALID_INPUT', `${file} is beside the data that the key ring opens.`, {
    nextStep: 'Choose a place that is not backed up together with the database.',
  });
}

function writeNew(file: string, json: string): void {
  try {
    writeFileSync(file, json, { flag: 'wx', mode: 0o600, flush: true });
  } catch (cause) {
    throw new AppError('CONFLICT', `${file} cannot be written, or is there already.`, {
      nextStep: 'Choose another file; nothing is overwritten.',
      cause,
    });
  }
}
