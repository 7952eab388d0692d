import type { ImportPlan, ImportResult, PlanItem, PlanKind } from '@/lib/environments/transfer/types';

const SIGNS: Record<PlanKind, string> = {
  create: '+ create',
  change: '~ change',
  unchanged: '= unchanged',
  needs_secret: '! needs the secret',
  refused: 'x refused',
};

/** What an import would do, for a terminal: a line for each environment, and one for each field that would change. */
export function importPlanInWords({ items }: ImportPlan): string {
  if (items.length === 0) return 'The file holds no environment.';
  return items.map(itemInWords).join('\n');
}

function itemInWords({ slug, name, kind, changes, reasons, warnings, notes }: PlanItem): string {
  return [
    `${SIGNS[kind]} ${slug} (${name})`,
    ...[...reasons, ...warnings].map((sentence) => `    ! ${sentence}`),
    ...notes.map((sentence) => `    ${sentence}`),
    ...changes
      .filter(({ before, after }) => kind !== 'create' || before !== after)
      .map(({ field, before, after }) =>
        kind === 'create'
          ? `      ${field}: ${after ?? '-'}`
          : `      ${field}: ${before ?? '-'} -> ${after ?? '-'}`,
      ),
  ].join('\n');
}

/** What an import has done. */
export function importResultInWords({ created, changed }: ImportResult): string {
  const list = (what: string, slugs: string[]) => (slugs.length > 0 ? `${what} ${slugs.join(', ')}.` : null);
  return [list('Created', created), list('Changed', changed)].filter((line) => line !== null).join('\n');
}
