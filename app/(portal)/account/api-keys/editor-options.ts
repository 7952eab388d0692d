import type { EditorOptions } from '@/components/api-keys/editor/fields';
import { listKeyChoices } from '@/lib/broker/keys/names';
import type { PersonContext } from '@/lib/context';

/** What the editor of a policy offers, for a key of this owner. */
export async function editorOptionsOf(ctx: PersonContext, ownerId: string): Promise<EditorOptions> {
  return {
    choices: await listKeyChoices(ctx, ownerId),
    timeZones: Intl.supportedValuesOf('timeZone'),
    timeZone: ctx.timeZone ?? 'UTC',
    ownAddress: ctx.request.ip,
  };
}
