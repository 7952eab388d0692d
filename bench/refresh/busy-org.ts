import { toId18 } from '@/lib/format/ids';
import { type OrgFacts, PRODUCTION, type UserFacts } from '@/simulator/seed/facts';

export type Member = Pick<UserFacts, 'id' | 'username'>;

const { ada } = PRODUCTION.users;

/** People of one org, each with a grant of their own: Salesforce keeps five for one user. */
export const MEMBERS: readonly UserFacts[] = Array.from({ length: 201 }, (_, index) => ({
  ...ada,
  id: toId18(`${ada.id.slice(0, 12)}${String(index).padStart(3, '0')}`),
  username: `member${index}@acme.example`,
}));

/** The demo's Production with that many people. */
export const BUSY_ORG: OrgFacts = {
  ...PRODUCTION,
  users: { ...PRODUCTION.users, ...Object.fromEntries(MEMBERS.map((member) => [member.username, member])) },
};
