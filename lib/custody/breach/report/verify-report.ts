import { type BreachReport, reportSchema } from '@/lib/custody/breach/report/schema';
import { verifyAuditStatement } from '@/lib/vault/audit-statement';

export interface VerifiedReport {
  /** What the file says; null: it is no report on a breach. */
  report: BreachReport | null;
  /** This ring's audit key has signed exactly that. */
  isSigned: boolean;
}

/** Reads a report on a breach and says whether this process's key ring has signed it as it stands. Needs no database. */
export async function verifyReport(jws: string): Promise<VerifiedReport> {
  const signed = reportSchema.safeParse(await verifyAuditStatement(jws)).data;
  return signed ? { report: signed, isSigned: true } : { report: readUnsigned(jws), isSigned: false };
}

/** What the payload claims, whoever has signed it. */
function readUnsigned(jws: string): BreachReport | null {
  try {
    const payload: unknown = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return reportSchema.safeParse(payload).data ?? null;
  } catch {
    return null;
  }
}
