import type { EditorOptions } from '@/components/api-keys/editor/fields';
import { listKeyChoices } from '@/lib/broker/keys/names';
import { listNamedQueries } from '@/lib/broker/named-queries/queries';
import type { PersonContext } from '@/lib/context';
import { listKnownNamesAction } from './actions';

/** What the editor of a policy offers, for a key of this owner. */
export async function editorOptionsOf(ctx: PersonContext, ownerId: string): Promise<EditorOptions> {
  const [choices, queries] = await Promise.all([listKeyChoices(ctx, ownerId), listNamedQueries(ctx)]);
  return {
    choices,
    queries: queries.map(({ name, description }) => ({ name, label: description || name })),
    timeZones: Intl.supportedValuesOf('timeZone'),
    timeZone: ctx.timeZone ?? 'UTC',
    ownAddress: ctx.request.ip,
    // What orgs look like to somebody else is theirs to see.
    knownNames: ownerId === ctx.personId ? listKnownNamesAction : null,
  };
}
