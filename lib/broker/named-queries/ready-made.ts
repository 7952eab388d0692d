import type { NamedQuery, QueryParameter } from '@/lib/broker/types';

type ReadyMade = Pick<NamedQuery, 'name' | 'description' | 'soql' | 'parameters'>;

const optional = (name: string, type: QueryParameter['type'], description: string): QueryParameter => ({
  ...{ name, type, description },
  required: false,
  default: null,
});

const LIMIT: QueryParameter = {
  name: 'limit',
  type: 'number',
  required: false,
  default: '200',
  description: 'Rows at most.',
};

/** Queries that work with nothing configured. They read fields that every org has, and of no other object. */
export const READY_MADE: readonly ReadyMade[] = [
  {
    name: 'getAccounts',
    description: 'Accounts by name, owner and last change.',
    soql: `SELECT Id, Name, Type, Industry, AnnualRevenue, Phone, Website, OwnerId, CreatedDate, LastModifiedDate
FROM Account
WHERE Id != null
  [AND Name LIKE :name%]
  [AND OwnerId = :owner]
  [AND LastModifiedDate >= :modifiedSince]
ORDER BY Name, Id
LIMIT :limit`,
    parameters: [
      optional('name', 'string', 'What the name begins with.'),
      optional('owner', 'id', 'Id of the owner.'),
      optional('modifiedSince', 'datetime', 'Changed then or later.'),
      LIMIT,
    ],
  },
  {
    name: 'getOpportunities',
    description: 'Opportunities by stage, close date and owner.',
    soql: `SELECT Id, Name, AccountId, StageName, Amount, Probability, CloseDate, IsClosed, IsWon, OwnerId, LastModifiedDate
FROM Opportunity
WHERE Id != null
  [AND StageName IN :stage]
  [AND CloseDate >= :closeFrom]
  [AND CloseDate <= :closeTo]
  [AND OwnerId = :owner]
ORDER BY CloseDate, Id
LIMIT :limit`,
    parameters: [
      optional('stage', 'string_list', 'One stage or several.'),
      optional('closeFrom', 'date', 'Close date on this day or later.'),
      optional('closeTo', 'date', 'Close date on this day or earlier.'),
      optional('owner', 'id', 'Id of the owner.'),
      LIMIT,
    ],
  },
];
