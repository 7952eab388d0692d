import { verifyChain } from '@/lib/audit/chain/verify';
import type { ChainReport } from '@/lib/audit/types';
import { AppError } from '@/lib/errors';
import { auditKey } from '@/lib/vault/audit-statement';
import { type AdminCommand, UsageError } from './command';

export const verifyAudit: AdminCommand = {
  name: 'verify-audit',
  parameters: '',
  help: [
    'Walks the hash chain of the audit log and names the first row that is changed,',
    'missing or inserted. Ends with 1 when there is one.',
  ],
  async run(args) {
    if (args.length > 0) throw new UsageError('takes no arguments');
    const report = await verifyChain();
    for (const line of linesOf(report)) console.log(line);
    if (report.fault) throw new AppError('CONFLICT', `\n${report.fault.message}`, { nextStep: WHAT_NOW });
    console.log('\nThe audit log is as it was written.');
  },
};

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
