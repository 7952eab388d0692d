import type { Link } from '@/lib/audit/chain/head';
import { verifyChain } from '@/lib/audit/chain/verify';
import type { ChainReport } from '@/lib/audit/types';
import { AppError } from '@/lib/errors';
import { auditKey } from '@/lib/vault/audit-statement';
import { type AdminCommand, UsageError } from './command';

export const verifyAudit: AdminCommand = {
  name: 'verify-audit',
  parameters: '[<link> <hash>]',
  help: [
    'Walks the hash chain of the audit log and names the first row that is changed,',
    'missing or inserted. Ends with 1 when there is one. With a link and its hash, as an',
    'earlier run or the log of the portal said them: the chain must still hold that link.',
  ],
  async run(args) {
    const witness = parseWitness(args);
    const report = await verifyChain(undefined, witness);
    for (const line of linesOf(report)) console.log(line);
    if (report.fault) throw new AppError('CONFLICT', `\n${report.fault.message}`, { nextStep: WHAT_NOW });
    if (witness && witness.position <= report.removed) {
      throw new AppError(
        'CONFLICT',
        `\nLink ${witness.position} was removed by retention: it cannot be compared.`,
      );
    }
    console.log('\nThe audit log is as it was written.');
  },
};

function parseWitness([position, hash, ...rest]: string[]): Link | null {
  if (position === undefined) return null;
  if (/^[1-9]\d{0,14}$/.test(position) && /^[\w-]{43}$/.test(hash ?? '') && rest.length === 0) {
    return { position: Number(position), hash: hash ?? '' };
  }
  throw new UsageError('takes the number of a link and its hash, or nothing');
}

const WHAT_NOW =
  'Somebody has changed the database around Orgdock. Keep it as it is, and compare it with a backup and with the log of the portal, which names every signed head.';

function linesOf(report: ChainReport): string[] {
  const { verified, sealed, removed, waiting, waitingSince, checkpoints, head } = report;
  return [
    `Rows verified:   ${verified} of ${sealed} sealed`,
    `Waiting:         ${waiting}${waitingSince ? `, the oldest since ${waitingSince}` : ''}`,
    `Removed:         ${removed}, by retention`,
    `Checkpoints:     ${checkpoints}, signed by the key ${auditKey().kid}`,
    ...(head ? [`Head:            link ${head.position}, ${head.hash}`] : []),
  ];
}
