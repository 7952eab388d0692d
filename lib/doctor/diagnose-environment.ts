import { and, count, desc, eq, isNotNull, max, min, ne } from 'drizzle-orm';
import { withCustody } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { environments } from '@/db/schema/environments';
import { connectionError } from '@/lib/connections/problem';
import { CAUSE_CODES, type CauseCode } from '@/lib/connections/types';
import { listFailureGroups } from '@/lib/consent/unanswered/queries';
import type { PersonContext } from '@/lib/context';
import { rankNeverCameBack } from '@/lib/doctor/alternatives';
import { compareCallback } from '@/lib/doctor/callback-comparison';
import { endingId } from '@/lib/doctor/catalogue/causes/grant-endings';
import {
  placeOfConnectionProblem,
  placeOfConsentFailure,
  type Signal,
} from '@/lib/doctor/catalogue/find-cause';
import { readHistory } from '@/lib/doctor/history';
import { diagnosisOf, makeDiagnosis } from '@/lib/doctor/make-diagnosis';
import type { Diagnosis, EnvironmentTrouble } from '@/lib/doctor/types';
import type { AppType, EnvironmentDetail } from '@/lib/environments/types';
import type { ErrorCode, SalesforceFault } from '@/lib/errors';

/**
 * What went wrong with an environment of late: the app while Salesforce refuses it, connections that fail alike, and
 * consents of the last week. For administrators and auditors: counts and no names. Throws FORBIDDEN.
 */
export async function diagnoseEnvironment(
  ctx: PersonContext,
  environment: EnvironmentDetail,
): Promise<EnvironmentTrouble[]> {
  const { id, origin, appType } = environment;
  const groups = await listFailureGroups(ctx, id);
  const consents = await Promise.all(
    groups.map(async ({ problem, ...times }): Promise<EnvironmentTrouble> => {
      const { code, message, salesforce: fault } = problem;
      const signal = { place: placeOfConsentFailure(code, fault), code, message, fault };
      const { facts, sentences } = await readHistory(ctx, environment, code);
      const diagnosis = makeDiagnosis(signal, { instanceUrl: origin, appType, evidence: sentences });
      const ranked = diagnosis.cause.id === 'never_came_back' ? rankNeverCameBack(facts) : null;
      return {
        what: 'consents',
        ...times,
        diagnosis: ranked ? { ...diagnosis, alternatives: ranked } : diagnosis,
      };
    }),
  );
  const troubles = [...(await readConnections(ctx, environment)), ...consents];
  return await Promise.all(
    troubles.map(async (trouble) => {
      const comparison = await compareCallback(ctx, trouble.diagnosis.cause.id, environment);
      return { ...trouble, diagnosis: { ...trouble.diagnosis, comparison } };
    }),
  );
}

interface Group {
  code: string;
  fault: SalesforceFault | null;
  cause: string | null;
  instanceUrl: string;
  appType: AppType;
}

async function readConnections(
  ctx: PersonContext,
  { id, origin, appType }: EnvironmentDetail,
): Promise<EnvironmentTrouble[]> {
  const { problemCode, problemError, problemDescription, problemStatus, problemCause, problemAt } =
    connections;
  const { app, rows } = await withCustody(ctx, async (tx) => ({
    app: (
      await tx
        .select({
          code: environments.appFaultCode,
          error: environments.appFaultError,
          description: environments.appFaultDescription,
          status: environments.appFaultStatus,
          at: environments.appFaultAt,
          updatedAt: environments.updatedAt,
        })
        .from(environments)
        .where(eq(environments.id, id))
    )[0],
    rows: await tx
      .select({
        code: problemCode,
        error: problemError,
        description: problemDescription,
        status: problemStatus,
        cause: problemCause,
        instanceUrl: max(connections.instanceUrl),
        count: count(),
        first: min(problemAt),
        last: max(problemAt),
      })
      .from(connections)
      .where(
        and(eq(connections.environmentId, id), isNotNull(problemCode), ne(connections.state, 'disconnected')),
      )
      .groupBy(problemCode, problemError, problemDescription, problemStatus, problemCause)
      .orderBy(desc(max(problemAt))),
  }));
  const trouble: EnvironmentTrouble[] = rows.flatMap((row) => {
    if (row.code === null || !row.first || !row.last) return [];
    const group = {
      code: row.code,
      fault: faultOf(row),
      cause: row.cause,
      instanceUrl: row.instanceUrl ?? origin,
      appType,
    };
    const times = { count: row.count, first: row.first.toISOString(), last: row.last.toISOString() };
    return [{ what: 'connections' as const, ...times, diagnosis: diagnoseGroup(group) }];
  });
  if (!app?.code || !app.at || app.at < app.updatedAt) return trouble;
  const group = { code: app.code, fault: faultOf(app), cause: null, instanceUrl: origin, appType };
  const at = app.at.toISOString();
  return [{ what: 'app', count: 1, first: at, last: at, diagnosis: diagnoseGroup(group) }, ...trouble];
}

function diagnoseGroup({ code, fault, cause, ...known }: Group): Diagnosis {
  const { message } = connectionError(code as ErrorCode, fault);
  const signal: Signal = { place: placeOfConnectionProblem(code, fault), code, message, fault };
  const ending = CAUSE_CODES.find((one): one is CauseCode => one === cause && one !== 'unknown');
  if (!ending) return makeDiagnosis(signal, known);
  return { ...diagnosisOf(endingId(ending), signal, known), certainty: 'likely' };
}

function faultOf(row: { error: string | null; description: string | null; status: number | null }) {
  return row.error === null ? null : { error: row.error, description: row.description, status: row.status };
}
