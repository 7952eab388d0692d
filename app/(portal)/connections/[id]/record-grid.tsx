import { unstable_rethrow } from 'next/navigation';
import { DataGrid } from '@/components/data-grid/data-grid';
import { LiveDoctor } from '@/components/doctor/live-doctor';
import { GridProblem } from '@/components/states/grid-problem';
import { salesforceClient } from '@/lib/connections/salesforce-client';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { assertReadingHours } from '@/lib/custody/usage/assert-reading-hours';
import { countRows } from '@/lib/custody/usage/count-rows';
import { diagnoseProblem } from '@/lib/doctor/diagnose-connection';
import { toProblem } from '@/lib/errors';
import { countAgainst } from '@/lib/limits/count';
import { log } from '@/lib/log';
import { loadWindow } from '@/lib/records/load-window';
import { parseGridState, type SearchParams } from '@/lib/soql/grid-state';
import { retestConnectionAction } from './doctor/actions';

interface RecordGridProps {
  ctx: PersonContext;
  connection: ReadableConnection;
  sobject: 'Account' | 'Opportunity';
  label: string;
  searchParams: SearchParams;
}

/** Fetches one window of records on the server and hands it to the grid as one string. */
export async function RecordGrid({ ctx, connection, sobject, label, searchParams }: RecordGridProps) {
  try {
    await assertReadingHours(ctx, connection);
    await countAgainst('records', ctx.personId);
    const window = await loadWindow(salesforceClient(connection, ctx.personId), {
      sobject,
      state: parseGridState(searchParams),
      reader: {
        orgId: connection.orgId,
        userId: connection.salesforceUserId,
        locale: ctx.locale ?? connection.locale,
        timeZone: ctx.timeZone ?? connection.timeZone,
        defaultCurrency: connection.defaultCurrency,
      },
      count: (rows) => void countRows(connection.id, ctx.personId, rows),
    });
    return <DataGrid payload={JSON.stringify(window)} />;
  } catch (error) {
    unstable_rethrow(error);
    const problem = toProblem(error);
    if (problem.code === 'INTERNAL') log().error({ err: error }, 'records could not be loaded');
    const connectionHref = problem.code.startsWith('GRANT_') ? `/connections/${connection.id}` : null;
    const doctor = (
      <LiveDoctor
        diagnosis={diagnoseProblem(problem, connection.instanceUrl)}
        retest={retestConnectionAction.bind(null, connection.id)}
      />
    );
    return <GridProblem problem={problem} label={label} connectionHref={connectionHref} doctor={doctor} />;
  }
}
