import type { AccountFacts } from '@/simulator/data/objects/account-values';
import { addressColumns } from '@/simulator/data/objects/address-values';
import { LEAD_SOURCES } from '@/simulator/data/objects/common-fields';
import { auditColumns } from '@/simulator/data/objects/common-values';
import { SALUTATIONS } from '@/simulator/data/objects/contact-fields';
import type { Column, Link } from '@/simulator/data/table';
import { DEPARTMENTS, FIRST_NAMES, JOB_TITLES, LAST_NAMES } from '@/simulator/data/words/people';
import { dateAt, fillPattern, slug, type World } from '@/simulator/data/world';

interface Columns {
  columns: Record<string, Column>;
  links: Record<string, Link>;
}

export function contactColumns(world: World, facts: AccountFacts): Columns {
  const draw = (column: string) => world.draw(`contact.${column}`);
  const [first, last, title, phone, mail] = [
    draw('first'),
    draw('last'),
    draw('title'),
    draw('phone'),
    draw('mail'),
  ];
  const [account, born, source, boss] = [draw('account'), draw('born'), draw('source'), draw('boss')];
  const audit = auditColumns(world, 'contact');
  // Every fifth contact works for one of a few accounts, which so have several pages of them.
  const few = Math.ceil(world.accounts / 100);
  const accountRow: Link = (row) => {
    if (account.chance(row, 3)) return -1;
    return account.bits(row) % (row % 5 === 0 ? few : world.accounts);
  };
  const firstName = (row: number) => first.pick(row, FIRST_NAMES);
  const lastName = (row: number) => last.pick(row, LAST_NAMES);
  const number = (row: number, draws: typeof phone) => {
    const owner = accountRow(row);
    return owner < 0 ? null : fillPattern(facts.country(owner).phone, draws, row);
  };
  const mailing = addressColumns(world.draw, {
    object: 'contact',
    prefix: 'Mailing',
    country: (row) => {
      const owner = accountRow(row);
      return owner < 0 || boss.bits(row) % 4 === 0 ? null : facts.country(owner);
    },
  });
  const columns: Record<string, Column> = {
    ...audit.columns,
    ...mailing,
    LastName: lastName,
    FirstName: (row) => (first.bits(row) % 41 === 0 ? null : firstName(row)),
    Salutation: (row) => (title.chance(row, 40) ? null : title.pick(row, SALUTATIONS)),
    Name: (row) => (first.bits(row) % 41 === 0 ? lastName(row) : `${firstName(row)} ${lastName(row)}`),
    Phone: (row) => (phone.chance(row, 20) ? null : number(row, phone)),
    MobilePhone: (row) => (phone.chance(row, 60) ? null : number(row, born)),
    Email: (row) => {
      if (mail.chance(row, 8)) return null;
      const host = `company${mail.bits(row) % 997}.example`;
      const address = `${slug(firstName(row))}.${slug(lastName(row))}${row % 89}@${host}`;
      return world.org.isSandbox ? `${address}.invalid` : address;
    },
    Title: (row) => (title.bits(row) % 9 === 0 ? null : title.pick(row, JOB_TITLES)),
    Department: (row) => (title.bits(row) % 3 === 0 ? null : source.pick(row, DEPARTMENTS)),
    LeadSource: (row) => (source.chance(row, 35) ? null : source.pick(row, LEAD_SOURCES)),
    Birthdate: (row) => (born.chance(row, 70) ? null : dateAt(-born.between(row, 7_700, 25_000))),
    CleanStatus: () => 'Pending',
    CurrencyIsoCode: (row) =>
      accountRow(row) < 0 ? world.org.defaultCurrency : facts.currency(accountRow(row)),
  };
  const links = {
    ...audit.links,
    AccountId: accountRow,
    ReportsToId: (row: number) => (row > 10 && boss.chance(row, 15) ? boss.bits(row) % row : -1),
  };
  return { columns, links };
}

/** The one row of Organization. */
export function organizationColumns(world: World): Columns {
  const { org } = world;
  const created: Column = () => '2016-02-09T10:12:45.000+0000';
  const columns: Record<string, Column> = {
    Name: () => org.companyName,
    Country: () => org.country,
    PrimaryContact: () => (org.users[0] ? `${org.users[0].firstName} ${org.users[0].lastName}` : null),
    DefaultLocaleSidKey: () => org.locale,
    TimeZoneSidKey: () => org.timeZone,
    LanguageLocaleKey: () => org.language,
    FiscalYearStartMonth: () => 1,
    InstanceName: () => org.instanceName,
    IsSandbox: () => org.isSandbox,
    OrganizationType: () => org.organizationType,
    CreatedDate: created,
    LastModifiedDate: created,
    SystemModstamp: created,
  };
  return { columns, links: { CreatedById: () => 0, LastModifiedById: () => 0 } };
}
