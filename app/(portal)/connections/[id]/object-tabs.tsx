import { ObjectNav } from '@/components/objects/object-nav';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { favouriteObjects } from '@/lib/records/objects/queries';

interface ObjectTabsProps {
  ctx: PersonContext;
  connection: ReadableConnection;
  /** `objects`, or the API name of the object that is open. */
  current: string;
}

/** The reader's favourite objects, and the way to all others. Asks no org. */
export async function ObjectTabs({ ctx, connection, current }: ObjectTabsProps) {
  const favourites = await favouriteObjects(ctx, connection);
  return <ObjectNav connectionId={connection.id} current={current} favourites={favourites} />;
}
