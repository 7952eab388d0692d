import {
  AUDIT_FIELDS,
  IS_DELETED,
  LAST_ACTIVITY,
  LAST_SEEN,
  LEAD_SOURCES,
  OWNER,
} from '@/simulator/data/objects/common-fields';
import { type FieldDefinition, field, lookup } from '@/simulator/data/schema';

export interface Stage {
  readonly name: string;
  /** Percent. */
  readonly probability: number;
  readonly forecastCategory: string;
  readonly forecastCategoryName: string;
  readonly isClosed: boolean;
  readonly isWon: boolean;
}

function open(name: string, probability: number): Stage {
  const forecast = { forecastCategory: 'Pipeline', forecastCategoryName: 'Pipeline' };
  return { name, probability, ...forecast, isClosed: false, isWon: false };
}

/** The stages of a new org, with their default probability and forecast category. */
export const STAGES: readonly Stage[] = [
  open('Prospecting', 10),
  open('Qualification', 10),
  open('Needs Analysis', 20),
  open('Value Proposition', 50),
  open('Id. Decision Makers', 60),
  open('Perception Analysis', 70),
  open('Proposal/Price Quote', 75),
  open('Negotiation/Review', 90),
  {
    name: 'Closed Won',
    probability: 100,
    forecastCategory: 'Closed',
    forecastCategoryName: 'Closed',
    isClosed: true,
    isWon: true,
  },
  {
    name: 'Closed Lost',
    probability: 0,
    forecastCategory: 'Omitted',
    forecastCategoryName: 'Omitted',
    isClosed: true,
    isWon: false,
  },
];

export const OPPORTUNITY_TYPES = [
  'Existing Customer - Upgrade',
  'Existing Customer - Replacement',
  'Existing Customer - Downgrade',
  'New Customer',
] as const;

const FORECAST_CATEGORIES = [
  'Omitted',
  'Pipeline',
  ['BestCase', 'Best Case'],
  ['MostLikely', 'Most Likely'],
  ['Forecast', 'Commit'],
  'Closed',
] as const;

const FORECAST_CATEGORY_NAMES = ['Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed'] as const;

export const OPPORTUNITY_FIELDS: readonly FieldDefinition[] = [
  field('Id', 'Opportunity ID', 'id', 18, 'afsgdi'),
  IS_DELETED,
  lookup('AccountId', 'Account ID', 'Account', 'Account', 'afscungph'),
  field('IsPrivate', 'Private', 'boolean', 0, 'fscugdp'),
  field('Name', 'Name', 'string', 120, 'afscugNi'),
  field('Description', 'Description', 'textarea', 32_000, 'cunp'),
  field('StageName', 'Stage', 'picklist', 255, 'afscug', { picklist: STAGES.map((stage) => stage.name) }),
  field('Amount', 'Amount', 'currency', [18, 2], 'afscunp'),
  field('Probability', 'Probability (%)', 'percent', [3, 0], 'afscundp'),
  field('ExpectedRevenue', 'Expected Amount', 'currency', [18, 2], 'afsnp'),
  field('TotalOpportunityQuantity', 'Quantity', 'double', [18, 2], 'afscunp'),
  field('CloseDate', 'Close Date', 'date', 0, 'afscug'),
  field('Type', 'Opportunity Type', 'picklist', 255, 'afscungp', { picklist: OPPORTUNITY_TYPES }),
  field('NextStep', 'Next Step', 'string', 255, 'afscungp'),
  field('LeadSource', 'Lead Source', 'picklist', 255, 'afscungp', { picklist: LEAD_SOURCES }),
  field('IsClosed', 'Closed', 'boolean', 0, 'fsgd'),
  field('IsWon', 'Won', 'boolean', 0, 'fsgd'),
  field('ForecastCategory', 'Forecast Category', 'picklist', 40, 'afsgr', { picklist: FORECAST_CATEGORIES }),
  field('ForecastCategoryName', 'Forecast Category', 'picklist', 255, 'afscungdr', {
    picklist: FORECAST_CATEGORY_NAMES,
  }),
  lookup('CampaignId', 'Campaign ID', 'Campaign', 'Campaign', 'afscungph'),
  field('HasOpportunityLineItem', 'Has Line Item', 'boolean', 0, 'fsgd'),
  lookup('Pricebook2Id', 'Price Book ID', 'Pricebook2', 'Pricebook2', 'afscungdh'),
  OWNER,
  ...AUDIT_FIELDS,
  LAST_ACTIVITY,
  field('PushCount', 'Push Count', 'int', 9, 'afsng', { since: 53 }),
  field('LastStageChangeDate', 'Last Stage Change Date', 'datetime', 0, 'afsn'),
  field('FiscalQuarter', 'Fiscal Quarter', 'int', 8, 'afsng', { compound: 'Fiscal' }),
  field('FiscalYear', 'Fiscal Year', 'int', 8, 'afsng', { compound: 'Fiscal' }),
  field('Fiscal', 'Fiscal Period', 'string', 6, 'afsng'),
  lookup('ContactId', 'Contact ID', 'Contact', null, 'afscng'),
  ...LAST_SEEN,
  field('HasOpenActivity', 'Has Open Activity', 'boolean', 0, 'gd'),
  field('HasOverdueTask', 'Has Overdue Task', 'boolean', 0, 'gd'),
  lookup(
    'LastAmountChangedHistoryId',
    'Opportunity History ID',
    'OpportunityHistory',
    'LastAmountChangedHistory',
    'afsngh',
  ),
  lookup(
    'LastCloseDateChangedHistoryId',
    'Opportunity History ID',
    'OpportunityHistory',
    'LastCloseDateChangedHistory',
    'afsngh',
  ),
];
