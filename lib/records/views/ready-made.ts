import { isGroup } from '@/lib/soql/filter-text';
import type { FilterCondition, FilterGroup, GridView, SortKey } from '../types';

type ReadyMade = Pick<GridView, 'id' | 'name' | 'description'> & { filter: FilterGroup; sort: SortKey[] };

const is = (field: string, operator: FilterCondition['operator'], ...values: string[]) => ({
  field,
  operator,
  values,
});
const all = (...of: FilterGroup['of']): FilterGroup => ({ match: 'all', of });
const any = (...of: FilterGroup['of']): FilterGroup => ({ match: 'any', of });
const up = (field: string): SortKey => ({ field, descending: false });
const down = (field: string): SortKey => ({ field, descending: true });

const MINE = is('OwnerId', 'isMe');
const OPEN = is('IsClosed', 'eq', 'false');

/** A date that is empty says that the thing never happened. */
const notWithin30Days = (field: string) => any(is(field, 'empty'), is(field, 'lt', 'LAST_N_DAYS:30'));

const OF_OPPORTUNITIES: readonly ReadyMade[] = [
  {
    id: 'my-open-opportunities',
    name: 'My open opportunities',
    description: 'Open opportunities that you own, the next to close first.',
    filter: all(MINE, OPEN),
    sort: [up('CloseDate')],
  },
  {
    id: 'closing-this-month',
    name: 'Closing this month',
    description: 'Open opportunities whose close date is in this month.',
    filter: all(OPEN, is('CloseDate', 'relative', 'THIS_MONTH')),
    sort: [up('CloseDate'), down('Amount')],
  },
  {
    id: 'stalled-30-days',
    name: 'Stalled 30 days',
    description:
      'Open opportunities that are older than 30 days, whose stage has not changed (Last Stage Change Date) and on which nothing was logged (Last Activity) in the last 30 days.',
    filter: all(
      OPEN,
      is('CreatedDate', 'lt', 'LAST_N_DAYS:30'),
      notWithin30Days('LastStageChangeDate'),
      notWithin30Days('LastActivityDate'),
    ),
    sort: [down('Amount')],
  },
  {
    id: 'won-this-quarter',
    name: 'Won this quarter',
    description: 'Won opportunities whose close date is in this quarter, the largest first.',
    filter: all(is('IsWon', 'eq', 'true'), is('CloseDate', 'relative', 'THIS_QUARTER')),
    sort: [down('Amount')],
  },
];

const PLURALS: Readonly<Record<string, string>> = {
  Account: 'accounts',
  Opportunity: 'opportunities',
  Contact: 'contacts',
  Lead: 'leads',
  Case: 'cases',
  Campaign: 'campaigns',
  Contract: 'contracts',
  Order: 'orders',
  Task: 'tasks',
  Event: 'events',
};

/** The views that every reader of an object has from the first day. */
export function readyMadeViews(sobject: string): GridView[] {
  const records = PLURALS[sobject] ?? 'records';
  const mine: ReadyMade = {
    id: `my-${records}`,
    name: `My ${records}`,
    description: `${capital(records)} that you own in Salesforce.`,
    filter: all(MINE),
    sort: [],
  };
  const recent: ReadyMade = {
    id: 'recently-viewed',
    name: 'Recently viewed',
    description: `${capital(records)} that you have looked at in Salesforce, the latest first.`,
    filter: all(is('LastViewedDate', 'notEmpty')),
    sort: [down('LastViewedDate')],
  };
  const own = sobject === 'Opportunity' ? [...OF_OPPORTUNITIES, mine, recent] : [mine, recent];
  return own.map(({ id, name, description, filter, sort }) => ({
    id,
    name,
    description,
    origin: 'ready_made',
    owner: null,
    isShared: false,
    isDefault: false,
    state: { sort, q: '', filter, columns: null, layout: null },
  }));
}

/**
 * Leaves out the ready-made views that ask for a field which this reader's describe does not hold: an object without
 * owner has no “My …”. Saved ones stay; of those a missing field is named.
 */
export function viewsOfFields(views: readonly GridView[], fields: ReadonlySet<string>): GridView[] {
  return views.filter(
    ({ origin, state }) =>
      origin !== 'ready_made' || fieldsOf(state.filter).every((name) => fields.has(name)),
  );
}

function fieldsOf(group: FilterGroup | null): string[] {
  return (group?.of ?? []).flatMap((part) => (isGroup(part) ? fieldsOf(part) : [part.field]));
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
