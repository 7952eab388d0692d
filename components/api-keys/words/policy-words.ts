import type { KeyNames } from '@/lib/broker/keys/types';
import type { KeyPolicy } from '@/lib/broker/types';
import { hoursInWords } from '@/lib/format/reading-hours';
import { FAMILY_WORDS, OPERATION_WORDS } from './choices';

interface Sentence {
  text: string;
  /** `open`: nothing limits it; `danger`: more than a policy can look into. */
  tone: 'plain' | 'open' | 'danger';
}

/** What a key may do, in one line: `Reads Account and Contact`. */
export function whatInWords(policy: KeyPolicy): string {
  const beyond = [
    ...policy.families.map((family) => FAMILY_WORDS[family].label),
    ...(policy.rawToken ? ['access tokens'] : []),
  ];
  const more =
    beyond.length === 0 ? '' : `, and ${beyond.length > 2 ? `${beyond.length} other ways` : listed(beyond)}`;
  if (policy.access === 'named_queries') {
    const { namedQueries } = policy;
    return namedQueries === null ? 'Runs named queries only' : `Runs ${shortened(namedQueries)} only`;
  }
  const { objects } = policy;
  const what =
    objects === null ? 'everything' : objects.length === 0 ? 'no object yet' : shortened(namesOf(objects));
  return `${policy.access === 'write' ? 'Reads and writes' : 'Reads'} ${what}${more}`;
}

/** Where a key works: names of environments or connections. */
export function placesInWords(policy: KeyPolicy, names: KeyNames): string {
  const { environments, connections } = policy;
  if (connections !== null)
    return shortened(named(connections, names.connections, 'a connection that is gone'));
  if (environments !== null)
    return shortened(named(environments, names.environments, 'an environment that is gone'));
  return 'Everywhere';
}

/** Everything that a policy says, a sentence each. */
export function policyInWords(policy: KeyPolicy, names: KeyNames): Sentence[] {
  return [
    ...whatSentences(policy),
    ...placeSentences(policy, names),
    amountSentence(policy),
    ...(policy.hours === null ? [open('At any time.')] : [plain(`Only ${hoursInWords(policy.hours)}.`)]),
    ...(policy.addresses === null
      ? [open('From any address.')]
      : [plain(`Only from ${listed(policy.addresses) || 'no address yet'}.`)]),
    ...dangerSentences(policy),
  ];
}

function whatSentences({ access, operations, objects, namedQueries }: KeyPolicy): Sentence[] {
  if (access === 'named_queries') {
    return [
      plain(
        namedQueries === null
          ? 'Runs every named query, and nothing else.'
          : `Runs ${listed(namedQueries) || 'no named query yet'}, and nothing else.`,
      ),
    ];
  }
  const verbs = operations.map((one) => OPERATION_WORDS[one].verb);
  const may = verbs.length === 0 ? plain('May do nothing yet.') : plain(`May ${listed(verbs)}.`);
  const queries =
    namedQueries === null ? [] : [plain(`Of named queries, only ${listed(namedQueries) || 'none'}.`)];
  if (objects === null)
    return [may, open('Every object and field that the Salesforce user sees.'), ...queries];
  if (objects.length === 0) return [may, plain('No object yet.'), ...queries];
  return [
    may,
    ...objects.map(({ name, fields }) =>
      plain(
        `${name || 'An object'}: ${fields === null ? 'all fields' : `Id${fields.map((one) => `, ${one}`).join('')}`}.`,
      ),
    ),
    ...queries,
  ];
}

function placeSentences({ environments, connections }: KeyPolicy, names: KeyNames): Sentence[] {
  const places: Sentence[] = [];
  if (environments !== null) {
    const list = named(environments, names.environments, 'an environment that is gone');
    places.push(plain(`Only in ${listed(list) || 'no environment yet'}.`));
  }
  if (connections !== null) {
    const list = named(connections, names.connections, 'a connection that is gone');
    places.push(plain(`Only through ${listed(list) || 'no connection yet'}.`));
  }
  return places.length > 0 ? places : [open('Through every connection that its owner may read.')];
}

function amountSentence({ rowsPerCall, rowsPerDay, callsPerDay }: KeyPolicy): Sentence {
  const number = (amount: number) => amount.toLocaleString('en');
  const limits = [
    ...(rowsPerCall === null ? [] : [`${number(rowsPerCall)} rows a call`]),
    ...(rowsPerDay === null ? [] : [`${number(rowsPerDay)} rows a day`]),
    ...(callsPerDay === null ? [] : [`${number(callsPerDay)} calls a day`]),
  ];
  return limits.length === 0
    ? open('As many rows and calls as its owner.')
    : plain(`At most ${listed(limits)}.`);
}

function dangerSentences({ access, families, rawToken }: KeyPolicy): Sentence[] {
  if (access === 'named_queries') return [];
  return [
    ...(families.length === 0
      ? []
      : [
          danger(
            `Also ${listed(families.map((family) => FAMILY_WORDS[family].label))}, into which this policy cannot look.`,
          ),
        ]),
    ...(rawToken ? [danger('May be handed an access token, which no policy limits.')] : []),
  ];
}

const plain = (text: string): Sentence => ({ text, tone: 'plain' });
const open = (text: string): Sentence => ({ text, tone: 'open' });
const danger = (text: string): Sentence => ({ text, tone: 'danger' });

const namesOf = (objects: NonNullable<KeyPolicy['objects']>) =>
  objects.map(({ name }) => name || 'an object');

function named(ids: readonly string[], names: Record<string, string>, gone: string): string[] {
  return ids.map((id) => names[id] ?? gone);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1);
  if (last === undefined) return '';
  return words.length === 1 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** Three at most; how many more there are is said. */
function shortened(words: readonly string[]): string {
  if (words.length === 0) return 'nothing yet';
  return words.length <= 3 ? listed(words) : `${words.slice(0, 2).join(', ')} and ${words.length - 2} more`;
}
