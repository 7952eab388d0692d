import { unstable_rethrow } from 'next/navigation';
import { LiveDoctor } from '@/components/doctor/live-doctor';
import { RecordMissing } from '@/components/record/record-missing';
import { RecordScreen } from '@/components/record/record-screen';
import { GridProblem } from '@/components/states/grid-problem';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { diagnoseProblem } from '@/lib/doctor/diagnose-connection';
import { toProblem } from '@/lib/errors';
import { log } from '@/lib/log';
import { loadRecord } from '@/lib/records/record/load-record';
import { withRecords } from '@/lib/records/with-records';
import { retestConnectionAction } from '../../doctor/actions';
import { reconnectionOf } from '../../reconnection-of';

interface RecordLoaderProps {
  ctx: PersonContext;
  connection: ReadableConnection;
  /** 18 characters. */
  recordId: string;
}

/** Reads a record on the server and hands it over as one string. */
export async function RecordLoader({ ctx, connection, recordId }: RecordLoaderProps) {
  const reconnection = reconnectionOf(connection);
  try {
    const view = await withRecords(ctx, connection, (access) => loadRecord(access, recordId));
    return <RecordScreen payload={JSON.stringify(view)} reconnection={reconnection} />;
  } catch (error) {
    unstable_rethrow(error);
    const problem = toProblem(error);
    if (problem.code === 'INTERNAL') log().error({ err: error }, 'a record could not be loaded');
    if (problem.code === 'SALESFORCE_NOT_FOUND') {
      return <RecordMissing problem={problem} connectionId={connection.id} />;
    }
    const doctor = (
      <LiveDoctor
        diagnosis={diagnoseProblem(problem, connection.instanceUrl)}
        retest={retestConnectionAction.bind(null, connection.id)}
      />
    );
    return <GridProblem problem={problem} label="This record" reconnection={reconnection} doctor={doctor} />;
  }
}
