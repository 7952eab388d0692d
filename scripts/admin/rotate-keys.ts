import { setTimeout as wait } from 'node:timers/promises';
import { withSystem } from '@/db/client';
import { activateKey, addKey } from '@/lib/custody/key-ring/commands';
import { type ResealProgress, resealAll } from '@/lib/custody/key-ring/reseal-all';
import { AppError } from '@/lib/errors';
import { exportRing, keyRing, RING_LAG_MS } from '@/lib/keyring';
import { freshKey } from '@/lib/keyring/key-source';
import { type AdminCommand, adminContext, UsageError } from './command';

const run = <T>(work: Parameters<typeof withSystem<T>>[1]) => withSystem(adminContext.reason, work);

export const rotateKeys: AdminCommand = {
  name: 'rotate-keys',
  parameters: '[--prepare | --to <key> | --reseal-only]',
  help: [
    'Adds a key to the key ring, makes it active and seals every stored secret with it.',
    'Portals serve meanwhile. Can be broken off: --reseal-only goes on with what is left.',
    '--prepare only adds a key, to be given to replicas with a file of their own first;',
    '--to makes a key of the ring active and re-seals.',
  ],
  async run(args) {
    const wish = parse(args);
    const { origin, writable } = exportRing();
    if (!writable && wish.kind !== 'reseal') {
      explainByHand(origin);
      return await reseal();
    }
    if (wish.kind === 'prepare') return await prepare(origin);
    if (wish.kind === 'add') {
      const kid = await run((tx) => addKey(tx, adminContext, { activate: true }));
      console.log(`Added the key '${kid}' to ${origin} and made it active. The older keys stay.`);
    }
    if (wish.kind === 'to') {
      await run((tx) => activateKey(tx, adminContext, wish.kid));
      console.log(`Made the key '${wish.kid}' of ${origin} active.`);
    }
    // Until then a running portal may still seal with the key before.
    if (wish.kind !== 'reseal') await wait(RING_LAG_MS);
    await reseal();
  },
};

type Wish = { kind: 'add' } | { kind: 'prepare' } | { kind: 'to'; kid: string } | { kind: 'reseal' };

function parse(args: string[]): Wish {
  const [flag, kid] = args;
  if (args.length === 0) return { kind: 'add' };
  if (args.length === 1 && flag === '--prepare') return { kind: 'prepare' };
  if (args.length === 1 && flag === '--reseal-only') return { kind: 'reseal' };
  if (args.length === 2 && flag === '--to' && kid) return { kind: 'to', kid };
  throw new UsageError('takes --prepare, --to <key> or --reseal-only, or nothing');
}

async function prepare(origin: string): Promise<void> {
  const kid = await run((tx) => addKey(tx, adminContext, { activate: false }));
  console.log(`Added the key '${kid}' to ${origin}. It seals nothing yet.

  1. Copy ${origin} to every replica. Each reads it again within a second.
  2. npm run admin -- rotate-keys --to ${kid}
  3. Copy ${origin} to every replica again, then: npm run admin -- rotate-keys --reseal-only`);
}

/** What Orgdock cannot write, the operator sets. The key is fresh, so that printing it gives nothing away yet. */
function explainByHand(origin: string): void {
  const { kid, value } = freshKey();
  console.log(`The key ring in ${origin} is changed where it is set, not by this command:

  1. Add a key at the end of "keys", on every replica, and restart them:
       ${JSON.stringify({ [kid]: { value } }).slice(1, -1)}
     Leave the first key first: other secrets are derived from it.
  2. When all hold it, set "active": "${kid}" on every replica, and restart them.
  3. npm run admin -- rotate-keys --reseal-only
`);
}

async function reseal(): Promise<void> {
  console.log(`Sealing with the key '${keyRing().activeKid}'.`);
  const { activeKid, resealed, already, damaged, settled } = await resealAll(adminContext, {
    run,
    onProgress: progressPrinter(),
  });
  console.log(`Sealed ${resealed} values with '${activeKid}'; ${already} were sealed with it before.`);
  for (const { error } of damaged) console.error(`${error.code}: ${error.message}`);
  if (damaged.length > 0) {
    throw new AppError(
      'VAULT_VALUE_DAMAGED',
      `${damaged.length} values do not open and were left as they are.`,
      {
        nextStep:
          'Keep every older key in the ring, or restore the one that is missing. What is beyond help is entered or connected again.',
      },
    );
  }
  if (!settled) {
    throw new AppError('CONFLICT', 'A portal still seals with an older key.', {
      nextStep: 'Give every replica the changed key ring, then: npm run admin -- rotate-keys --reseal-only',
    });
  }
  console.log('Back the key ring up, apart from the data: npm run admin -- export-keyring --to <file>');
}

const PRINT_EVERY_MS = 1_000;

/** A line for each column of the first round, and one a second where it takes longer. */
function progressPrinter(): (progress: ResealProgress) => void {
  let printedAt = performance.now();
  return ({ column, seen, total, round }) => {
    const isDone = seen >= total && seen > 0 && round === 1;
    if (!isDone && performance.now() - printedAt < PRINT_EVERY_MS) return;
    printedAt = performance.now();
    console.log(`  ${column}: ${seen} of ${total}`);
  };
}
