import { describe, expect, it } from 'vitest';
import type { ColumnKind, FilterCondition, FilterOperator, GridColumn } from '@/lib/records/types';
import { conditionWords, type FilterVocabulary, filterWords } from './filter-words';

function column(name: string, label: string, kind: ColumnKind, more: Partial<GridColumn> = {}): GridColumn {
  return {
    name,
    label,
    kind,
    sortable: true,
    filterable: true,
    scale: 0,
    isName: false,
    isCalculated: false,
    ...more,
  };
}

const options = [
  { value: 'BNK', label: 'Banking', active: true },
  { value: 'ENG', label: 'Energy', active: true },
];
const columns = [
  column('Name', 'Account Name', 'text'),
  column('Industry', 'Industry', 'picklist', { options }),
  column('Topics__c', 'Topics', 'multiPicklist', { options }),
  column('OwnerId', 'Owner', 'reference', { referenceTo: ['User'] }),
  column('Amount', 'Amount', 'currency'),
  column('Probability', 'Probability', 'percent'),
  column('IsWon', 'Won', 'boolean'),
  column('CloseDate', 'Close Date', 'date'),
  column('CreatedDate', 'Created', 'dateTime'),
];

const vocabulary: FilterVocabulary = {
  columnOf: (name) => columns.find((one) => one.name === name),
  nameOf: (id) => (id === '005A' ? 'Ada Lovelace' : undefined),
  locale: 'en-US',
  timeZone: 'Europe/Berlin',
};

function one(field: string, operator: FilterOperator, ...values: string[]): FilterCondition {
  return { field, operator, values };
}

describe('conditionWords', () => {
  it.each<[FilterCondition, string]>([
    [one('Name', 'contains', 'acme'), 'Account Name contains “acme”'],
    [one('Name', 'in', 'A', 'B'), 'Account Name is “A” or “B”'],
    [one('Industry', 'in', 'BNK', 'ENG'), 'Industry is Banking or Energy'],
    [one('Industry', 'notIn', 'BNK', 'gone'), 'Industry is not Banking or gone'],
    [one('Industry', 'in', 'BNK', 'ENG', 'a', 'b', 'c'), 'Industry is Banking, Energy, a or 2 more'],
    [one('Topics__c', 'includesAll', 'BNK', 'ENG'), 'Topics includes Banking and Energy'],
    [one('Topics__c', 'excludes', 'BNK'), 'Topics does not include Banking'],
    [one('OwnerId', 'in', '005A', '005B'), 'Owner is Ada Lovelace or 005B'],
    [one('OwnerId', 'isMe'), 'Owner is me'],
    [one('Amount', 'between', '1000', '2500.5'), 'Amount is between 1,000 and 2,500.5'],
    [one('Amount', 'gt', 'x'), 'Amount is more than x'],
    [one('Probability', 'gte', '75'), 'Probability is at least 75%'],
    [one('IsWon', 'eq', 'false'), 'Won is no'],
    [one('CloseDate', 'lt', '2026-03-08'), 'Close Date is before Mar 8, 2026'],
    [one('CloseDate', 'lt', 'TODAY'), 'Close Date is before today'],
    [one('CloseDate', 'eq', 'TODAY'), 'Close Date is today'],
    [one('CloseDate', 'relative', 'THIS_WEEK'), 'Close Date is this week'],
    [one('CloseDate', 'relative', 'LAST_N_DAYS:30'), 'Close Date is in the last 30 days'],
    [one('CreatedDate', 'gt', '2026-03-08T09:00:00Z'), 'Created is after Mar 8, 2026, 10:00 AM'],
    [one('Industry', 'notEmpty'), 'Industry is not empty'],
    [one('Secret__c', 'eq', 'x'), 'Secret__c is “x”'],
    [one('Name', 'in'), 'Account Name is nothing'],
  ])('says %j', (condition, words) => expect(conditionWords(condition, vocabulary)).toBe(words));
});

describe('filterWords', () => {
  it('puts groups in groups in parentheses', () => {
    const words = filterWords(
      {
        match: 'all',
        of: [
          one('OwnerId', 'isMe'),
          { match: 'any', of: [one('IsWon', 'eq', 'true'), one('Amount', 'gt', '5')] },
          { match: 'any', of: [one('Name', 'empty')] },
        ],
      },
      vocabulary,
    );
    expect(words).toBe('Owner is me and (Won is yes or Amount is more than 5) and Account Name is empty');
  });
});
