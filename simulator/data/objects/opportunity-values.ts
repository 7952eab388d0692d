import { type AccountFacts, magnitude } from '@/simulator/data/objects/account-values';
import { LEAD_SOURCES } from '@/simulator/data/objects/common-fields';
import { auditColumns } from '@/simulator/data/objects/common-values';
import { OPPORTUNITY_TYPES, STAGES, type Stage } from '@/simulator/data/objects/opportunity-fields';
import { weighted } from '@/simulator/data/random';
import type { Column, Link } from '@/simulator/data/table';
import { DEALS } from '@/simulator/data/words/companies';
import { dateAt, secondsBefore, type World } from '@/simulator/data/world';

const EARLY = [0, 0, 1, 1, 2, 2, 3] as const;
const LATE = [2, 3, 3, 4, 5, 6, 6, 7, 7] as const;
const CLOSED = weighted([
  [8, 58],
  [9, 42],
]);

const NEXT_STEPS = [
  'Send revised proposal',
  'Meet the decision makers',
  'Legal review of the contract',
  'Schedule a demo',
  'Wait for the budget round',
  'Confirm scope & timeline',
] as const;

const MINUTE = 60;
const DAY = 86_400;

/** Most sales belong to few accounts: the square pulls towards the first rows. */
function accountOf(world: World): Link {
  const share = world.draw('opportunity.account');
  const none = world.draw('opportunity.account.none');
  return (row) => (none.chance(row, 1) ? -1 : Math.floor(share.unit(row) ** 2 * world.accounts));
}

function stageOf(world: World, closesIn: (row: number) => number): (row: number) => Stage {
  const dice = world.draw('opportunity.stage');
  const step = world.draw('opportunity.stage.step');
  return (row) => {
    const days = closesIn(row);
    const overdue = days < 0 && !dice.chance(row, 93);
    const closed = days < 0 ? !overdue : dice.chance(row, 3);
    const index = closed ? step.pick(row, CLOSED) : step.pick(row, days < 60 ? LATE : EARLY);
    const stage = STAGES[index];
    if (!stage) throw new Error(`no stage ${index}`);
    return stage;
  };
}

/** In the record's currency, with cents only now and then; null while nothing was quoted. */
function amountOf(world: World, account: Link, facts: AccountFacts): (row: number) => number | null {
  const size = world.draw('opportunity.amount');
  const missing = world.draw('opportunity.amount.missing');
  const cents = world.draw('opportunity.amount.cents');
  return (row) => {
    if (missing.chance(row, 4)) return null;
    const owner = account(row);
    const unit = owner < 0 ? 1 : magnitude(facts.currency(owner));
    const amount = 10 ** (3.2 + 3.1 * size.unit(row) ** 1.6);
    if (cents.chance(row, 12) && unit === 1) return Math.round(amount * 100) / 100;
    const step = amount < 20_000 ? 50 : 1_000;
    return Math.max(step, Math.round(amount / step) * step) * unit;
  };
}

/** Computed columns of Opportunity: past close dates are mostly closed, distant ones early. */
export function opportunityColumns(
  world: World,
  facts: AccountFacts,
): { columns: Record<string, Column>; links: Record<string, Link> } {
  const draw = (column: string) => world.draw(`opportunity.${column}`);
  const [close, what, type, source] = [draw('close'), draw('name'), draw('type'), draw('source')];
  const [next, bent, note, quantity, activity] = [
    draw('next'),
    draw('bent'),
    draw('note'),
    draw('quantity'),
    draw('activity'),
  ];
  const account = accountOf(world);
  const closesIn = (row: number) => close.between(row, -560, 240);
  const stage = stageOf(world, closesIn);
  const amount = amountOf(world, account, facts);
  const closeDate = (row: number) => dateAt(closesIn(row));
  const quarter = (row: number) => Math.ceil(Number(closeDate(row).slice(5, 7)) / 3);
  const year = (row: number) => Number(closeDate(row).slice(0, 4));
  const audit = auditColumns(world, 'opportunity');
  const probability = (row: number): number => {
    const { probability: usual, isClosed } = stage(row);
    return isClosed || !bent.chance(row, 7) ? usual : Math.max(5, usual - 5);
  };
  const columns: Record<string, Column> = {
    ...audit.columns,
    Name: (row) => {
      const owner = account(row);
      const customer = owner < 0 ? 'Walk-in' : facts.root(owner);
      return `${customer} ${what.pick(row, DEALS)}${what.bits(row) % 7 === 0 ? ` ${year(row)}` : ''}`;
    },
    IsPrivate: () => false,
    Description: (row) =>
      note.chance(row, 80) ? null : `Raised in a call.\nCustomer asked for ${what.pick(row, DEALS)}.`,
    StageName: (row) => stage(row).name,
    Amount: amount,
    Probability: probability,
    ExpectedRevenue: (row) => {
      const money = amount(row);
      return money === null ? null : Math.round(money * probability(row)) / 100;
    },
    TotalOpportunityQuantity: (row) => (quantity.chance(row, 70) ? null : quantity.between(row, 1, 400)),
    CloseDate: closeDate,
    Type: (row) => (type.chance(row, 14) ? null : type.pick(row, OPPORTUNITY_TYPES)),
    NextStep: (row) => (stage(row).isClosed || next.chance(row, 40) ? null : next.pick(row, NEXT_STEPS)),
    LeadSource: (row) => (source.chance(row, 25) ? null : source.pick(row, LEAD_SOURCES)),
    IsClosed: (row) => stage(row).isClosed,
    IsWon: (row) => stage(row).isWon,
    ForecastCategory: (row) => stage(row).forecastCategory,
    ForecastCategoryName: (row) => stage(row).forecastCategoryName,
    HasOpportunityLineItem: () => false,
    LastActivityDate: (row) => (activity.chance(row, 45) ? null : dateAt(-activity.between(row, 0, 300))),
    PushCount: (row) => (bent.chance(row, 60) ? 0 : bent.bits(row) % 7),
    LastStageChangeDate: (row) => (stage(row).name === 'Prospecting' ? null : secondsBefore(changedAgo(row))),
    FiscalQuarter: quarter,
    FiscalYear: year,
    Fiscal: (row) => `${year(row)} ${quarter(row)}`,
    HasOpenActivity: (row) => !stage(row).isClosed && activity.chance(row, 30),
    HasOverdueTask: (row) => !stage(row).isClosed && activity.chance(row, 5),
    CurrencyIsoCode: (row) => {
      const owner = account(row);
      return owner < 0 ? world.org.defaultCurrency : facts.currency(owner);
    },
  };
  const changedAgo = (row: number) => activity.between(row, 20 * MINUTE, 120 * DAY);
  return { columns, links: { ...audit.links, AccountId: account } };
}
