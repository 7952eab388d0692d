import { ACCOUNT_TYPES, INDUSTRIES, OWNERSHIPS, RATINGS } from '@/simulator/data/objects/account-fields';
import { addressColumns } from '@/simulator/data/objects/address-values';
import { LEAD_SOURCES } from '@/simulator/data/objects/common-fields';
import { auditColumns, recordCurrency } from '@/simulator/data/objects/common-values';
import { weighted } from '@/simulator/data/random';
import type { Column, Link } from '@/simulator/data/table';
import { ROOTS, SPECIAL_NAMES, TRADES } from '@/simulator/data/words/companies';
import { COUNTRIES, type Country } from '@/simulator/data/words/places';
import { dateAt, fillPattern, slug, type World } from '@/simulator/data/world';

const COUNTRY_LIST = weighted(COUNTRIES);
const TYPE_LIST = weighted(
  ACCOUNT_TYPES.map((type, index) => [type, [36, 34, 12, 6, 4, 5, 3][index] ?? 1] as const),
);

const TIERS = ['Strategic', 'Key', 'Standard', 'Standard', 'Standard', null] as const;

/** What other objects want to know of an account. */
export interface AccountFacts {
  readonly columns: Readonly<Record<string, Column>>;
  readonly links: Readonly<Record<string, Link>>;
  name(row: number): string;
  root(row: number): string;
  country(row: number): Country;
  currency(row: number): string;
}

/** Three significant digits: people round revenue, and equal amounts are wanted. */
function rounded(amount: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(amount)) - 2);
  return Math.round(amount / unit) * unit;
}

/** Units of a currency for one unit of the typical amount. */
export function magnitude(currency: string): number {
  return currency === 'JPY' ? 150 : 1;
}

/** The sandbox's last rows exist in no other org; see simulator/README.md. */
const ONLY_IN_SANDBOX = 10;

function names(world: World, country: (row: number) => Country) {
  const draw = (part: string) => world.draw(`account.name.${part}`);
  const [first, second, trade, form, style] = [
    draw('first'),
    draw('second'),
    draw('trade'),
    draw('form'),
    draw('style'),
  ];
  const industry = world.draw('account.industry');
  const roots = (row: number) => ROOTS[country(row).region] ?? [];
  const root = (row: number): string => first.pick(row, roots(row));

  function composed(row: number): string {
    const kind = industry.pick(row, INDUSTRIES);
    const what = trade.pick(row, TRADES[kind] ?? ['Group']);
    const suffix = form.pick(row, country(row).forms);
    const dice = style.between(row, 1, 100);
    const other = second.pick(row, roots(row));
    if (dice <= 55 || other === root(row)) return `${root(row)} ${what} ${suffix}`.trim();
    if (dice <= 75) return `${root(row)} & ${other} ${suffix}`.trim();
    if (dice <= 90) return `${root(row)}-${other} ${what} ${suffix}`.trim();
    return `${root(row)} ${what}`;
  }

  function name(row: number): string {
    const special = SPECIAL_NAMES.get(row);
    if (special) return special;
    if (!world.org.isSandbox) return composed(row);
    const left = world.accounts - row;
    if (left <= ONLY_IN_SANDBOX)
      return `UAT Test Account ${String(ONLY_IN_SANDBOX - left + 1).padStart(3, '0')}`;
    return row % 25 === 24 ? `${composed(row)} (UAT)` : composed(row);
  }
  return { name, root, industry };
}

/** A whole-number revenue in the account's currency; null for an eighth of the rows. */
function revenueColumn(world: World, currency: (row: number) => string): (row: number) => number | null {
  const size = world.draw('account.revenue');
  const missing = world.draw('account.revenue.missing');
  return (row) => {
    if (missing.chance(row, 12)) return null;
    const amount = rounded(10 ** (5.3 + 4.4 * size.unit(row) ** 1.4)) * magnitude(currency(row));
    return world.org.isSandbox && row % 10 === 9 ? Math.round(amount * 1.1) : amount;
  };
}

/** Computed columns of Account. A sandbox repeats Production's rows with known differences. */
export function accountFacts(world: World): AccountFacts {
  const where = world.draw('account.country');
  const country = (row: number) => where.pick(row, COUNTRY_LIST);
  const currency = (row: number) => recordCurrency(world, country(row));
  const { name, root, industry } = names(world, country);
  const revenue = revenueColumn(world, currency);
  const draw = (column: string) => world.draw(`account.${column}`);
  const [phone, site, type, rating, source] = [
    draw('phone'),
    draw('site'),
    draw('type'),
    draw('rating'),
    draw('source'),
  ];
  const [ownership, staff, since, parent, note] = [
    draw('ownership'),
    draw('staff'),
    draw('year'),
    draw('parent'),
    draw('note'),
  ];
  const [activity, ticker, tier] = [draw('activity'), draw('ticker'), draw('tier')];
  const audit = auditColumns(world, 'account');
  const billing = addressColumns(world.draw, { object: 'account', prefix: 'Billing', country });
  const shipping = Object.entries(billing).map(
    ([key, column]) =>
      [key.replace('Billing', 'Shipping'), (row: number) => (row % 3 === 0 ? null : column(row))] as const,
  );
  const columns: Record<string, Column> = {
    ...audit.columns,
    ...billing,
    ...Object.fromEntries(shipping),
    Name: name,
    Type: (row) => (type.chance(row, 6) ? null : type.pick(row, TYPE_LIST)),
    Phone: (row) => (phone.chance(row, 5) ? null : fillPattern(country(row).phone, phone, row)),
    Fax: (row) => (site.chance(row, 70) ? null : fillPattern(country(row).phone, site, row)),
    AccountNumber: (row) => `AC-${String(100_001 + row)}`,
    Website: (row) =>
      site.chance(row, 9) ? null : `https://www.${slug(root(row)) || 'company'}${row % 97}.example`,
    Industry: (row) => (industry.bits(row) % 19 === 0 ? null : industry.pick(row, INDUSTRIES)),
    AnnualRevenue: revenue,
    NumberOfEmployees: (row) => {
      const money = revenue(row);
      if (money === null || staff.chance(row, 6)) return null;
      return Math.max(1, Math.round(money / magnitude(currency(row)) / staff.between(row, 90_000, 320_000)));
    },
    Ownership: (row) => (ownership.chance(row, 30) ? null : ownership.pick(row, OWNERSHIPS)),
    TickerSymbol: (row) => (ticker.chance(row, 88) ? null : root(row).slice(0, 4).toUpperCase()),
    Description: (row) =>
      note.chance(row, 75) ? null : `${name(row)} has been with us since ${since.between(row, 1998, 2025)}.`,
    Rating: (row) => {
      if (rating.chance(row, 28)) return null;
      return world.org.isSandbox && row % 10 === 9 ? 'Cold' : rating.pick(row, RATINGS);
    },
    Site: (row) => (site.bits(row) % 11 === 0 ? 'Headquarters' : null),
    AccountSource: (row) => (source.chance(row, 22) ? null : source.pick(row, LEAD_SOURCES)),
    CleanStatus: () => 'Pending',
    Tier: (row) => tier.pick(row, TIERS),
    YearStarted: (row) => (since.chance(row, 40) ? null : String(since.between(row, 1871, 2023))),
    LastActivityDate: (row) => (activity.chance(row, 35) ? null : dateAt(-activity.between(row, 0, 420))),
    CurrencyIsoCode: currency,
  };
  const links: Record<string, Link> = {
    ...audit.links,
    ParentId: (row) => (row > 20 && parent.chance(row, 8) ? parent.bits(row) % row : -1),
  };
  return { columns, links, name, root, country, currency };
}
