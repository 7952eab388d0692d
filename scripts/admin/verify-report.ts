import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { verifyReport } from '@/lib/custody/breach/report/verify-report';
import { AppError } from '@/lib/errors';
import { auditKey } from '@/lib/vault/audit-statement';
import { type AdminCommand, onlyArgument } from './command';
import { breachReportInWords } from './report-words';

/** Far more than a report of a hundred thousand grants. */
const MOST_BYTES = 100_000_000;

export const verifyReportCommand: AdminCommand = {
  name: 'verify-report',
  parameters: '<file>',
  needsDatabase: false,
  help: [
    'Says what a report on a breach holds, and whether the key ring has signed it as it',
    'stands. Ends with 1 when it has not. Needs the key ring, no portal and no database.',
  ],
  async run(args) {
    const jws = await readReport(onlyArgument(args, 'file'));
    const { report, isSigned } = await verifyReport(jws);
    if (!report) {
      throw new AppError('INVALID_INPUT', 'This is no report on a breach.', {
        nextStep: 'Take the file as Orgdock gave it out: one line, three parts with dots between them.',
      });
    }
    console.log(breachReportInWords(report));
    if (!isSigned) throw notSigned(report.key.kid);
    console.log(`\nSigned by this key ring, key ${report.key.kid}: every word above is as it was issued.`);
  },
};

async function readReport(file: string): Promise<string> {
  const name = path.resolve(file);
  try {
    const bytes = await readFile(name);
    return bytes.length > MOST_BYTES ? '' : bytes.toString('utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new AppError('NOT_FOUND', `The file ${name} cannot be read${code ? ` (${code})` : ''}.`);
  }
}

function notSigned(kid: string): AppError {
  const own = auditKey().kid;
  return new AppError(
    'CONFLICT',
    '\nNOT signed by this key ring as it stands: believe nothing of the above.',
    {
      nextStep:
        kid === own
          ? 'It names the key of this ring, so it was changed after it was issued.'
          : `It names the key ${kid}; the key of this ring is ${own}. Verify it with the ring of the portal that issued it.`,
    },
  );
}
