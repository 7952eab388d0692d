import { fail, includes, pass, type Verdict } from '@/lib/broker/policy/decide/settings-rules';
import { DOES, FAMILY_NAMES, formatNumber } from '@/lib/broker/policy/decide/words';
import { type CallSettings, EVERY, NO_OBJECT, type Understood } from '@/lib/broker/policy/types';
import { type KeyPolicy, OPERATIONS, type Operation, type Touch } from '@/lib/broker/types';

const WRITES: Operation[] = ['create', 'update', 'delete'];

type ContentRule = (policy: KeyPolicy, what: Understood, settings: CallSettings) => Verdict;

/** Rules about what a call does, in the order in which they are asked. */
export const CONTENT_RULES: ContentRule[] = [
  function families(policy, { family, reads }) {
    if (family === null) return pass('Everything that the call does is known.');
    const name = FAMILY_NAMES[family];
    if (!policy.families.includes(family)) {
      return fail('families', `The policy does not name ${name} (${family}), which nobody can look into.`);
    }
    if (policy.objects !== null) {
      return fail('families', `The policy limits objects, and nobody can tell which ones ${name} touches.`);
    }
    if (!reads && policy.access !== 'write') {
      return fail('access', `The key only reads, and anything but GET may write through ${name}.`);
    }
    return pass(`The policy names ${name}.`);
  },

  function operations(policy, { touches }, { namedQuery }) {
    if (policy.access === 'named_queries') return pass('A named query asks what it says, and nothing else.');
    const wanted = OPERATIONS.filter((operation) => touches.some((touch) => touch.operation === operation));
    const missing = wanted.find((operation) => !policy.operations.includes(operation));
    if (missing !== undefined && !(namedQuery !== undefined && missing === 'query')) {
      return fail('operations', `The key may not ${DOES[missing]}: the policy does not name “${missing}”.`);
    }
    if (missing !== undefined) return pass('A named query needs no “query”.');
    return pass(wanted.length > 0 ? `The policy names ${wanted.join(', ')}.` : 'No operation is asked for.');
  },

  function writing(policy, { touches, family }) {
    if (policy.access === 'write') return pass('The key may write.');
    const write = touches.find(({ operation }) => WRITES.includes(operation));
    if (write) return fail('access', `The key only reads, and the call would ${DOES[write.operation]}.`);
    return pass(family === null ? 'The call writes no records.' : 'The call is a GET.');
  },

  function clearness(policy, { unclear }) {
    if (unclear === undefined) return pass('Nothing in the call is hidden.');
    return policy.objects === null
      ? pass(`Objects are not limited, so this does not matter: ${unclear}`)
      : fail(
          'not_understood',
          `The policy limits objects, and nobody can tell what the call touches: ${unclear}`,
        );
  },

  function objects(policy, { touches }) {
    if (policy.objects === null) return pass('Every object may be touched.');
    const refused = touches.find(
      ({ sobject }) => sobject !== NO_OBJECT && fieldsOf(policy, sobject) === undefined,
    );
    if (refused?.sobject === EVERY) {
      return fail(
        'objects',
        'The call touches objects of every kind, and the policy names some. Name the object.',
      );
    }
    if (refused) return fail('objects', `The policy does not name the object ${refused.sobject}.`);
    const names = [...new Set(touches.map(({ sobject }) => sobject).filter((name) => name !== NO_OBJECT))];
    return pass(names.length > 0 ? `The policy names ${names.join(', ')}.` : 'No object is touched.');
  },

  function fields(policy, { touches }) {
    if (policy.objects === null) return pass('Every field may be touched.');
    const refused = touches.find((touch) => !mayTouchField(policy, touch));
    if (refused === undefined)
      return pass('Every field that the call touches is named, or its object is not limited.');
    const { sobject, field, operation } = refused;
    if (field !== EVERY) {
      return fail(
        'fields',
        `The policy does not name the field ${field} of ${sobject}, which the call would ${VERBS[operation]}.`,
      );
    }
    return fail(
      'fields',
      `The call would ${VERBS[operation]} every field of ${sobject}, and the policy names some. ${HOW[operation] ?? ''}`.trim(),
    );
  },

  function rowsPerCall(policy, { rows }) {
    const most = policy.rowsPerCall;
    if (most === null) return pass('The rows of one call are not limited.');
    return rows !== null && rows > most
      ? fail(
          'rows_per_call',
          `The call writes ${formatNumber(rows)} records, and one call may write ${formatNumber(most)}.`,
        )
      : pass(`One call may give or write ${formatNumber(most)} rows.`);
  },

  function rowsPerDay(policy, { rows, touches }, { today }) {
    const most = policy.rowsPerDay;
    if (most === null) return pass('The rows of a day are not limited.');
    const gives = rows === null && touches.some(({ operation }) => operation !== 'describe');
    return today.rows + (rows ?? (gives ? 1 : 0)) > most
      ? fail(
          'rows_per_day',
          `${formatNumber(today.rows)} of the ${formatNumber(most)} rows of today (UTC) are used.`,
        )
      : pass(`${formatNumber(today.rows)} of ${formatNumber(most)} rows of today were used before.`);
  },
];

const VERBS: Record<Operation, string> = {
  query: 'read',
  search: 'search',
  read: 'read',
  create: 'write',
  update: 'write',
  delete: 'delete by',
  describe: 'describe',
};

const HOW: Partial<Record<Operation, string>> = {
  query: 'Name the fields instead of FIELDS().',
  read: 'Name them: ?fields=Id,Name.',
  search: 'A search finds by what any field holds: use a query.',
};

/** Lower-case names of an object's fields; null: all of them; undefined: the policy does not name the object. */
function fieldsOf({ objects }: KeyPolicy, sobject: string): string[] | null | undefined {
  const rule = objects?.find(({ name }) => name.toLowerCase() === sobject.toLowerCase());
  return rule && (rule.fields === null ? null : ['id', ...rule.fields.map((field) => field.toLowerCase())]);
}

function mayTouchField(policy: KeyPolicy, { sobject, field }: Touch): boolean {
  if (field === null || sobject === NO_OBJECT) return true;
  const fields = fieldsOf(policy, sobject);
  return fields === null || (fields !== undefined && includes(fields, field));
}
