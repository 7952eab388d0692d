import { UnknownName } from '@/simulator/control/unknown-name';
import type { OrgData } from '@/simulator/data/org-data';
import type { SimOrg } from '@/simulator/types';

interface Hiding {
  readonly username?: string | undefined;
  readonly hidden: boolean;
}

/** Hides or shows an object or a field, for one user or for everybody; the number of users. */
export function hide(org: SimOrg, data: OrgData, thing: string, { username, hidden }: Hiding): number {
  const [sobject = '', name] = thing.split('.');
  const users = org.users.filter((user) => username === undefined || user.username === username);
  if (users.length === 0) throw new UnknownName(`There is no user "${username}" in ${org.name}.`);
  const table = users.map((user) => data.table(sobject, user)).find((found) => found !== null);
  if (!table) throw new UnknownName(`There is no object "${sobject}" in ${org.name}.`);
  const field = name === undefined ? null : table.field(name);
  if (name !== undefined && !field) throw new UnknownName(`There is no field "${thing}" in ${org.name}.`);
  const key = field ? `${table.definition.name}.${field.name}` : table.definition.name;
  const forWhom = org.hidden.get(key) ?? new Map<string, boolean>();
  for (const user of users) forWhom.set(user.username, hidden);
  org.hidden.set(key, forWhom);
  return users.length;
}
