import { parseEnvironmentForm } from '@/lib/environments/schema';
import { changesApp, type EnvironmentSettings, movesApp } from '@/lib/environments/settings';
import { isSlug } from '@/lib/environments/slug';
import type { PlannedWrite } from '@/lib/environments/transfer/planned-write';
import type { CurrentEnvironment } from '@/lib/environments/transfer/read-current';
import type { TransferEntry } from '@/lib/environments/transfer/schema';
import type { PlanItem } from '@/lib/environments/transfer/types';
import { planWords } from '@/lib/environments/transfer/words/plan-words';
import type { EnvironmentStatus } from '@/lib/environments/types';
import { AppError } from '@/lib/errors';

export interface PlannedEnvironment {
  item: PlanItem;
  /** Null: nothing is written. */
  write: PlannedWrite | null;
}

interface PlanInput {
  entry: TransferEntry;
  current: CurrentEnvironment | null;
  /** The slug belongs to something else: a deleted environment, or an identity provider. */
  isTaken: boolean;
  /** A consumer secret that comes with the file. */
  secret: string | null;
}

const ROTATING = 'A rotation of the consumer secret is open: finish or cancel it first.';

/** Compares one environment of a file with what is there. Pure: it reads and writes nothing. */
export function planEnvironment(input: PlanInput): PlannedEnvironment {
  const { entry, current } = input;
  const reasons = refusalsOf(input);
  if (reasons.length > 0) return refused(input, reasons);
  const wanted = entry.status ?? current?.status ?? 'active';
  let settings: EnvironmentSettings;
  let offered: string | null;
  try {
    ({ settings, offered } = parseSettings(input, wanted));
  } catch (error) {
    if (error instanceof AppError && error.code === 'INVALID_INPUT') {
      return refused(
        input,
        Object.entries(error.details).map(([field, message]) => `${field}: ${message}`),
      );
    }
    throw error;
  }
  const isPublic = settings.clientType === 'public';
  const moved = current !== null && movesApp(current.settings, settings);
  const secret = offered !== null && (moved || offered !== current?.secret) ? offered : null;
  const stale = moved && current.hasSecret && secret === null;
  const isReady = isPublic || secret !== null || (current?.hasSecret === true && !stale);
  const isInUse = current !== null && current.status !== 'draft';
  const write: PlannedWrite = {
    before: current,
    slug: entry.slug,
    settings,
    status: isInUse || isReady ? wanted : 'draft',
    moved,
    secret,
    removesSecret: stale && isPublic,
    expectedOrg:
      entry.expectedOrg && entry.expectedOrg.id !== current?.expectedOrgId ? entry.expectedOrg : null,
  };
  if (current?.rotating && changesApp(current.settings, settings, write)) return refused(input, [ROTATING]);
  const item = planWords({ entry, write, needsSecret: stale && !isPublic, wanted });
  return { item, write: item.kind === 'create' || item.kind === 'change' ? write : null };
}

function refusalsOf({ entry, current, isTaken }: PlanInput): string[] {
  const { slug, status } = entry;
  if (isTaken) return [`The slug ${slug} is taken by an identity provider or a deleted environment.`];
  if (current === null && !isSlug(slug)) return [`${slug} cannot be the slug of an environment.`];
  if (status === 'draft' && current !== null && current.status !== 'draft') {
    return ['It is in use, so it cannot become a draft again. Disable it instead.'];
  }
  return [];
}

/** What the file does not say stays as it is; the form's own rules decide on the rest. */
function parseSettings({ entry, current, secret }: PlanInput, wanted: EnvironmentStatus) {
  const { slug: _, status: __, expectedOrg: ___, consumerSecretFrom: ____, ...given } = entry;
  const { consumerSecret, removeSecret, saveAs, ...settings } = parseEnvironmentForm({
    ...current?.settings,
    ...given,
    consumerSecret: secret,
    saveAs: wanted === 'draft' ? 'draft' : 'active',
  });
  return { settings: settings as EnvironmentSettings, offered: consumerSecret };
}

function refused({ entry, current }: PlanInput, reasons: string[]): PlannedEnvironment {
  return {
    item: {
      slug: entry.slug,
      name: entry.name ?? current?.settings.name ?? entry.slug,
      kind: 'refused',
      isProduction: current?.settings.isProduction ?? entry.isProduction ?? false,
      changes: [],
      asksSecret: false,
      reasons,
      warnings: [],
      notes: [],
    },
    write: null,
  };
}
