import { unstable_rethrow } from 'next/navigation';
import { DataGrid } from '@/components/data-grid/data-grid';
import { LiveDoctor } from '@/components/doctor/live-doctor';
import { GridProblem } from '@/components/states/grid-problem';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { diagnoseProblem } from '@/lib/doctor/diagnose-connection';
import { toProblem } from '@/lib/errors';
import { log } from '@/lib/log';
import { openGrid } from '@/lib/records/open-grid';
import { parseGridState, type SearchParams } from '@/lib/soql/grid-state';
import { retestConnectionAction } from './doctor/actions';
import { reconnectionOf } from './reconnection-of';
import { saveLayoutAction } from './views/preference-actions';
import { viewActionsOf } from './views/view-actions';

interface RecordGridProps {
  ctx: PersonContext;
  connection: ReadableConnection;
  /** API name. */
  sobject: string;
  label: string;
  searchParams: SearchParams;
}

const UNREAD = 'The filter in this address could not be read, so that was left out.';

/** Reads a grid with its first rows on the server and hands it over as one string. */
export async function RecordGrid({ ctx, connection, sobject, label, searchParams }: RecordGridProps) {
  const reconnection = reconnectionOf(connection);
  try {
    const state = parseGridState(searchParams);
    const { window, views, layout } = await openGrid(ctx, connection, { sobject, state });
    if (searchParams.filter && state.filter === null) window.notices.unshift(UNREAD);
    return (
      <DataGrid
        label={label}
        payload={JSON.stringify(window)}
        layout={layout}
        onLayout={saveLayoutAction.bind(null, connection.id, window.sobject)}
        views={{
          views,
          isAdmin: ctx.role === 'admin',
          actions: viewActionsOf(connection.id, window.sobject),
        }}
        reconnection={reconnection}
      />
    );
  } catch (error) {
    unstable_rethrow(error);
    const problem = toProblem(error);
    if (problem.code === 'INTERNAL') log().error({ err: error }, 'records could not be loaded');
    const doctor = (
      <LiveDoctor
        diagnosis={diagnoseProblem(problem, connection.instanceUrl)}
        retest={retestConnectionAction.bind(null, connection.id)}
      />
    );
    return <GridProblem problem={problem} label={label} reconnection={reconnection} doctor={doctor} />;
  }
}
