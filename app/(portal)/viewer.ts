import type { Viewer } from '@/components/states/instant';
import type { PersonContext } from '@/lib/context';

/** How this person reads times in the portal's own pages. Grids follow the Salesforce user instead. */
export function viewerOf(ctx: PersonContext): Viewer {
  return {
    locale: ctx.locale ?? 'en-GB',
    timeZone: ctx.timeZone ?? 'UTC',
    now: new Date().toISOString(),
  };
}
