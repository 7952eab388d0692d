import { changesOf, type PlannedWrite } from '@/lib/environments/transfer/planned-write';
import type { TransferEntry } from '@/lib/environments/transfer/schema';
import type { PlanItem, PlannedChange } from '@/lib/environments/transfer/types';
import type { EnvironmentStatus } from '@/lib/environments/types';

interface PlanWordsInput {
  entry: TransferEntry;
  write: PlannedWrite;
  needsSecret: boolean;
  /** The status that the file asks for. */
  wanted: EnvironmentStatus;
}

/** What would happen to one environment, for people. */
export function planWords(input: PlanWordsInput): PlanItem {
  const { write, needsSecret } = input;
  const { before, settings, slug } = write;
  const changes = changesInWords(write, needsSecret);
  const kind =
    before === null ? 'create' : needsSecret ? 'needs_secret' : changes.length > 0 ? 'change' : 'unchanged';
  const isPublic = settings.clientType === 'public';
  return {
    slug,
    name: settings.name,
    kind,
    isProduction: settings.isProduction || before?.settings.isProduction === true,
    changes,
    asksSecret: needsSecret || (!isPublic && write.secret === null && before?.hasSecret !== true),
    reasons: [],
    warnings: kind === 'unchanged' ? [] : warningsOf(write),
    notes: notesOf(input),
  };
}

function changesInWords(write: PlannedWrite, needsSecret: boolean): PlannedChange[] {
  const { before, status, secret, removesSecret, expectedOrg } = write;
  const changed = changesOf(write);
  const changes: PlannedChange[] = Object.entries(changed.after).map(([field, after]) => ({
    field,
    before: inWords(changed.before[field]),
    after: inWords(after),
  }));
  if (before?.status !== status)
    changes.push({ field: 'status', before: before?.status ?? null, after: status });
  if (expectedOrg) {
    const name = expectedOrg.name === null ? '' : `${expectedOrg.name} `;
    changes.push({
      field: 'expectedOrg',
      before: before?.expectedOrgId ?? null,
      after: `${name}${expectedOrg.id}`,
    });
  }
  const stored = before?.hasSecret ? 'stored' : null;
  if (secret !== null) changes.push({ field: 'consumerSecret', before: stored, after: 'set anew' });
  else if (removesSecret) changes.push({ field: 'consumerSecret', before: stored, after: null });
  else if (needsSecret)
    changes.push({ field: 'consumerSecret', before: stored, after: 'to be entered anew' });
  return changes;
}

function inWords(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function warningsOf({ before, settings, status, moved, expectedOrg }: PlannedWrite): string[] {
  const { isProduction, allowRawTokens, allowSignIn, membership } = settings;
  const was = before?.settings;
  return [
    isProduction || was?.isProduction
      ? 'This is production: real people work with what is changed here.'
      : null,
    was?.isProduction && !isProduction ? 'It would not be marked as production any more.' : null,
    moved
      ? 'Consumer key or address change: whoever is connected has to reconnect, as grants belong to the app before.'
      : null,
    allowRawTokens && !was?.allowRawTokens
      ? 'API keys may then be handed access tokens of this org, which no limit of Orgdock reaches.'
      : null,
    allowSignIn && !was?.allowSignIn ? 'People may then sign in to Orgdock through this org.' : null,
    membership === 'everyone_of_org' && was?.membership !== 'everyone_of_org'
      ? 'Everyone of the expected org may then become a member.'
      : null,
    before?.status === 'active' && status === 'disabled'
      ? 'Nobody signs in or connects through it or reads there any more.'
      : null,
    before?.expectedOrgId && expectedOrg
      ? `It would be pinned to another org: ${before.expectedOrgId} → ${expectedOrg.id}.`
      : null,
  ].filter((warning) => warning !== null);
}

function notesOf({ entry, write, needsSecret, wanted }: PlanWordsInput): string[] {
  const { before, settings, status, secret } = write;
  const variable = entry.consumerSecretFrom?.variable;
  return [
    needsSecret
      ? 'The stored secret belongs to the consumer key and address before and is sent nowhere else: enter the secret anew.'
      : null,
    status === 'draft' && wanted !== 'draft'
      ? 'It is a draft until its consumer secret is entered: secrets are in no file.'
      : null,
    variable !== undefined && secret === null && before?.hasSecret !== true
      ? `Its secret is in the variable ${variable}, which only the command reads.`
      : null,
    before === null && settings.access === 'chosen'
      ? 'Who the chosen people are is in no file: until they are chosen, only administrators use it.'
      : null,
  ].filter((note) => note !== null);
}
