import { type AccountFacts, magnitude } from '@/simulator/data/objects/account-values';
import { auditColumns } from '@/simulator/data/objects/common-values';
import {
  PHASES,
  PRIORITIES,
  PROJECT_STATUSES,
  REGIONS,
} from '@/simulator/data/objects/project/project-fields';
import { summaryOf } from '@/simulator/data/objects/project/summaries';
import type { Column, Link } from '@/simulator/data/table';
import { dateAt, secondsBefore, type World } from '@/simulator/data/world';

const PROJECT_WORDS = [
  'Atlas',
  'Borealis',
  'Compass',
  'Delta',
  'Ember',
  'Falcon',
  'Gateway',
  'Horizon',
] as const;

/** Text as a formula puts it into an attribute or between tags. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

export function projectColumns(
  world: World,
  facts: AccountFacts,
): { columns: Record<string, Column>; links: Record<string, Link> } {
  const draw = (column: string) => world.draw(`project.${column}`);
  const [account, word, status, budget, done, start] = [
    draw('account'),
    draw('word'),
    draw('status'),
    draw('budget'),
    draw('done'),
    draw('start'),
  ];
  const [priority, region, margin, standup, contract] = [
    draw('priority'),
    draw('region'),
    draw('margin'),
    draw('standup'),
    draw('contract'),
  ];
  const audit = auditColumns(world, 'project');
  const accountRow: Link = (row) => (account.chance(row, 5) ? -1 : account.bits(row) % world.accounts);
  const currency = (row: number) => {
    const owner = accountRow(row);
    return owner < 0 ? world.org.defaultCurrency : facts.currency(owner);
  };
  const name = (row: number) => `Project ${word.pick(row, PROJECT_WORDS)} ${row + 1}`;
  const state = (row: number) => status.pick(row, PROJECT_STATUSES);
  const money = (row: number) =>
    budget.chance(row, 10) ? null : budget.between(row, 10, 900) * 500 * magnitude(currency(row));
  const percent = (row: number) => (done.chance(row, 10) ? null : done.between(row, 0, 20) * 5);
  const site = (row: number) => (word.chance(row, 50) ? null : `https://projects.acme.example/${row + 1}`);
  const key = (row: number) => `PRJ-${String(row + 1).padStart(6, '0')}`;
  const columns: Record<string, Column> = {
    ...audit.columns,
    Name: name,
    Status__c: state,
    Phase__c: (row) => {
      const offered = PHASES.filter(([, states]) => states.includes(state(row)));
      return offered.length === 0 ? null : region.pick(row, offered)[0];
    },
    Priority__c: (row) => (priority.chance(row, 12) ? null : priority.pick(row, PRIORITIES)[0]),
    Regions__c: (row) => {
      const bits = region.bits(row);
      const chosen = REGIONS.filter((_, index) => (bits >> index) & 1).map(([value]) => value);
      return chosen.length === 0 ? null : chosen.join(';');
    },
    Budget__c: money,
    Completion__c: percent,
    Margin__c: (row) => (margin.chance(row, 15) ? null : margin.between(row, -1_250, 9_975) / 100),
    Start_Date__c: (row) => dateAt(start.between(row, -400, 120)),
    Kickoff__c: (row) =>
      start.chance(row, 30) ? null : secondsBefore(start.between(row, 3_600, 30_000_000)),
    Standup__c: (row) => {
      if (standup.chance(row, 20)) return null;
      const quarter = standup.between(row, 30, 70);
      const [hour, minute] = [Math.floor(quarter / 4), (quarter % 4) * 15];
      return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00.000Z`;
    },
    Billable__c: (row) => !budget.chance(row, 25),
    Site_URL__c: site,
    External_Key__c: key,
    // Nobody here has "View Encrypted Data": all but the last four characters are masked.
    Contract_Number__c: (row) =>
      contract.chance(row, 25) ? null : `XXXXXXXX${contract.between(row, 1_000, 9_999)}`,
    Notes__c: (row) => (done.chance(row, 60) ? null : 'Steering committee every second Tuesday.'),
    Summary__c: summaryOf(world),
    Short_Name__c: (row) => `${key(row)} ${state(row)}`,
    Remaining_Budget__c: (row) => {
      const amount = money(row);
      return amount === null ? 0 : Math.round(amount * (100 - (percent(row) ?? 0))) / 100;
    },
    Site_Link__c: (row) => {
      const url = site(row);
      return url && `<a href="${escaped(url)}" target="_blank">${escaped(name(row))}</a>`;
    },
    CurrencyIsoCode: currency,
  };
  return { columns, links: { ...audit.links, Account__c: accountRow } };
}
