import { type Column, type Link, listedIds, type RowIds } from '@/simulator/data/table';
import { COLLEAGUES } from '@/simulator/data/words/people';
import { salesforceDateTime, slug, type World } from '@/simulator/data/world';
import { makeId } from '@/simulator/seed/ids';
import type { SimOrg } from '@/simulator/types';

interface Person {
  readonly id: string;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly nickname: string;
  readonly title: string;
  readonly profileId: string;
  readonly language: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly isActive: boolean;
  readonly createdAt: string;
  readonly modifiedAt: string;
}

function colleague(org: SimOrg, index: number): Person {
  const [firstName, lastName, title, isActive] = COLLEAGUES[index] ?? ['', '', '', false];
  const mailbox = `${slug(firstName)}.${slug(lastName)}@acme.example`;
  const model = org.users[0];
  return {
    id: makeId('005', org.orgId.slice(3, 6), 62 ** 4 + 1_980_007 + index * 977),
    username: org.isSandbox ? `${mailbox}.uat` : mailbox,
    firstName,
    lastName,
    email: org.isSandbox ? `${mailbox}.invalid` : mailbox,
    nickname: `${slug(firstName)}.${slug(lastName)}`,
    title,
    profileId: model?.profileId ?? '',
    language: 'en_US',
    locale: org.locale,
    timeZone: org.timeZone,
    isActive,
    createdAt: '2021-03-15T09:30:00.000Z',
    modifiedAt: '2025-11-04T16:12:45.000Z',
  };
}

/** Everybody in the User table: those who can sign in, then colleagues who only own records. */
function everybody(org: SimOrg): readonly Person[] {
  return [...org.users, ...COLLEAGUES.map((_, index) => colleague(org, index))];
}

/** Rows of the people who own records; a few belong to somebody who has left. */
export function recordOwners(org: SimOrg): readonly number[] {
  const people = everybody(org);
  return people.flatMap((person, row) => (person.isActive ? [row, row] : [row]));
}

export function userTable(world: World): {
  size: number;
  ids: RowIds;
  columns: Record<string, Column>;
  links: Record<string, Link>;
} {
  const people = everybody(world.org);
  const of = (read: (person: Person) => string | boolean | null): Column => {
    return (row) => {
      const person = people[row];
      return person ? read(person) : null;
    };
  };
  const modified = of((person) => salesforceDateTime(Date.parse(person.modifiedAt)));
  const columns: Record<string, Column> = {
    Username: of((person) => person.username),
    LastName: of((person) => person.lastName),
    FirstName: of((person) => person.firstName),
    Name: of((person) => `${person.firstName} ${person.lastName}`),
    CompanyName: () => world.org.companyName,
    Title: of((person) => person.title),
    Email: of((person) => person.email),
    Alias: of((person) => slug(`${person.firstName.charAt(0)}${person.lastName}`).slice(0, 8)),
    CommunityNickname: of((person) => person.nickname),
    // Read live: the fault `deactivate_user` changes it.
    IsActive: of((person) => person.isActive),
    TimeZoneSidKey: of((person) => person.timeZone),
    LocaleSidKey: of((person) => person.locale),
    LanguageLocaleKey: of((person) => person.language),
    EmailEncodingKey: () => 'UTF-8',
    ProfileId: of((person) => person.profileId),
    UserType: () => 'Standard',
    CreatedDate: of((person) => salesforceDateTime(Date.parse(person.createdAt))),
    LastModifiedDate: modified,
    SystemModstamp: modified,
    DefaultCurrencyIsoCode: () => world.org.defaultCurrency,
    CurrencyIsoCode: () => world.org.defaultCurrency,
  };
  const links: Record<string, Link> = {
    CreatedById: () => 0,
    LastModifiedById: () => 0,
    ManagerId: () => -1,
  };
  return { size: people.length, ids: listedIds(people.map((person) => person.id)), columns, links };
}
