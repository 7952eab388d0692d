import { listAuditRows } from '@/lib/audit/log/queries';
import { type AppHistory, readAppHistory } from '@/lib/connections/cause/app-history';
import { countOf, wordsOfTime } from '@/lib/connections/cause/words-of-time';
import type { PersonContext } from '@/lib/context';

export type AppFacts = AppHistory;

export interface History {
  facts: AppFacts | null;
  /** Sentences, the most telling first. */
  sentences: string[];
}

const MOST_CHANGES = 3;
const WEEK_MS = 7 * 86_400_000;
const CHANGES = ['environment.create', 'environment.update', 'environment.pin_org'];

/**
 * What Orgdock itself knows of an app: how many fail alike, when it last worked, what was changed here. Members hear
 * counts and times; who changed something is for administrators and auditors.
 */
export async function readHistory(
  ctx: PersonContext,
  environment: { id: string },
  code: string,
): Promise<History> {
  const facts = await readAppHistory(environment.id, code);
  if (facts === null) return { facts, sentences: [] };
  const changes = ctx.role === 'member' ? [] : await listChanges(ctx, environment.id, facts.now);
  return { facts, sentences: [...sentencesOf(facts), ...changes] };
}

function sentencesOf(facts: AppFacts): string[] {
  const { connections, failing, failingSince, lastWorkedAt, appChangedAt, createdAt, secretChangedAt } =
    facts;
  const sentences: string[] = [];
  if (failing > 0 && failingSince) {
    sentences.push(
      `${failing} of ${countOf(connections, 'connection')} of this app ${failing === 1 ? 'fails' : 'fail'} this way since ${wordsOfTime(failingSince)}.`,
    );
  }
  sentences.push(
    lastWorkedAt
      ? `Salesforce last gave tokens through this app on ${wordsOfTime(lastWorkedAt)}.`
      : 'Salesforce has never given tokens through this app as it is entered here.',
  );
  if (appChangedAt > createdAt) {
    sentences.push(`Consumer key or address were changed here on ${wordsOfTime(appChangedAt)}.`);
  } else {
    sentences.push(`The app was entered here on ${wordsOfTime(createdAt)}.`);
  }
  if (secretChangedAt && secretChangedAt > createdAt) {
    sentences.push(`The consumer secret was last entered here on ${wordsOfTime(secretChangedAt)}.`);
  }
  return sentences;
}

async function listChanges(ctx: PersonContext, environmentId: string, now: Date): Promise<string[]> {
  const { rows } = await listAuditRows(ctx, {
    q: 'environment.',
    group: null,
    outcome: 'done',
    person: null,
    subject: environmentId,
    period: 'custom',
    from: new Date(now.getTime() - WEEK_MS).toISOString(),
    to: null,
    before: null,
  });
  return rows
    .filter(({ action }) => CHANGES.includes(action))
    .slice(0, MOST_CHANGES)
    .map(({ who, words, at }) => `Audit log: ${who.name} ${words} on ${wordsOfTime(new Date(at))}.`);
}
