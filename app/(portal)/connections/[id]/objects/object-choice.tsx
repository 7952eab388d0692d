import { unstable_rethrow } from 'next/navigation';
import { ObjectPicker } from '@/components/objects/object-picker';
import { GridProblem } from '@/components/states/grid-problem';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { toProblem } from '@/lib/errors';
import { log } from '@/lib/log';
import { listObjects } from '@/lib/records/objects/queries';
import { reconnectionOf } from '../reconnection-of';
import { setFavouriteAction } from '../views/preference-actions';

interface ObjectChoiceProps {
  ctx: PersonContext;
  connection: ReadableConnection;
}

/** Reads the list of objects on the server and hands it over as one string. */
export async function ObjectChoice({ ctx, connection }: ObjectChoiceProps) {
  try {
    const list = await listObjects(ctx, connection);
    return (
      <ObjectPicker
        payload={JSON.stringify(list)}
        setFavourite={setFavouriteAction.bind(null, connection.id)}
      />
    );
  } catch (error) {
    unstable_rethrow(error);
    const problem = toProblem(error);
    if (problem.code === 'INTERNAL') log().error({ err: error }, 'objects could not be listed');
    const reconnection = reconnectionOf(connection);
    return <GridProblem problem={problem} label="Objects" reconnection={reconnection} />;
  }
}
