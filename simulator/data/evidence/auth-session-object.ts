import type { LiveObject, LiveRow } from '@/simulator/data/live-table';
import { field, lookup } from '@/simulator/data/schema';
import { salesforceDateTime } from '@/simulator/data/world';
import { BROWSER_ADDRESS } from '@/simulator/evidence/login-history';
import { makeId } from '@/simulator/seed/ids';
import type { OrgState } from '@/simulator/state/org-state';
import { isAdministrator } from '@/simulator/state/user-access';
import type { SimUser } from '@/simulator/types';

interface Session {
  readonly number: number;
  readonly userId: string;
  readonly startedAt: number;
  readonly lastUsedAt: number;
  readonly sourceIp: string;
  readonly kind: 'UI' | 'Oauth2';
  readonly loginHistoryId: string | null;
}

/** `AuthSession` (Object Reference): one's own sessions; everybody's for who manages users. */
export function authSessionObject(state: () => OrgState): LiveObject {
  return {
    definition: {
      name: 'AuthSession',
      label: 'Auth Session',
      labelPlural: 'Auth Sessions',
      keyPrefix: '0Ak',
      flags: ['queryable', 'retrieveable'],
      fields: [
        field('Id', 'Auth Session ID', 'id', 18, 'afsgd'),
        lookup('UsersId', 'User ID', 'User', 'Users', 'afsng'),
        field('CreatedDate', 'Created Date', 'datetime', 0, 'afsd'),
        field('LastModifiedDate', 'Updated', 'datetime', 0, 'afsd'),
        field('NumSecondsValid', 'Valid For (in Seconds)', 'int', 9, 'afsg'),
        field('UserType', 'User Type', 'picklist', 40, 'afsgr', { picklist: ['Standard'] }),
        field('SourceIp', 'Source IP', 'string', 39, 'afsg'),
        field('LoginType', 'Login Type', 'picklist', 40, 'afsngr', {
          picklist: ['Application', 'Remote Access 2.0'],
        }),
        field('SessionType', 'Session Type', 'picklist', 40, 'afsngr', { picklist: ['UI', 'Oauth2'] }),
        field('SessionSecurityLevel', 'Session Security Level', 'picklist', 40, 'afsngr', {
          picklist: ['LOW', 'STANDARD', 'HIGH_ASSURANCE'],
        }),
        lookup('ParentId', 'Auth Session ID', 'AuthSession', 'Parent', 'afsng'),
        lookup('LoginHistoryId', 'Login History ID', 'LoginHistory', 'LoginHistory', 'afsng'),
        field('IsCurrent', 'Is Current', 'boolean', 0, ''),
      ],
      children: [],
      scopes: [],
    },
    isFor: () => true,
    rows: (user) => rowsOf(state(), user),
  };
}

function rowsOf(state: OrgState, user: SimUser): LiveRow[] {
  const { org } = state;
  const all = sessionsOf(state);
  const visible = isAdministrator(user) ? all : all.filter(({ userId }) => userId === user.id);
  // The query's own access token was used a moment ago, before anything was read.
  const newest = Math.max(
    ...all.filter(({ userId, kind }) => kind === 'Oauth2' && userId === user.id).map((one) => one.lastUsedAt),
  );
  return visible.map((session) => {
    const id = makeId('0Ak', org.orgId.slice(3, 6), session.number);
    return {
      id,
      cells: {
        Id: id,
        UsersId: session.userId,
        CreatedDate: salesforceDateTime(session.startedAt),
        LastModifiedDate: salesforceDateTime(session.lastUsedAt),
        NumSecondsValid: org.sessionTimeoutMs / 1000,
        UserType: 'Standard',
        SourceIp: session.sourceIp,
        LoginType: session.kind === 'UI' ? 'Application' : 'Remote Access 2.0',
        SessionType: session.kind,
        SessionSecurityLevel: 'STANDARD',
        ParentId: null,
        LoginHistoryId: session.loginHistoryId,
        IsCurrent: session.kind === 'Oauth2' && session.userId === user.id && session.lastUsedAt === newest,
      },
    };
  });
}

/** Sessions of pages have even numbers and those of access tokens odd ones, so that no two ids meet. */
function sessionsOf(state: OrgState): Session[] {
  const pages = state.logins.list().map(({ number, user, startedAt, lastUsedAt }) => ({
    number: number * 2,
    userId: user.id,
    startedAt,
    lastUsedAt,
    sourceIp: BROWSER_ADDRESS,
    kind: 'UI' as const,
    loginHistoryId: null,
  }));
  const tokens = state.grants.sessions().map((token) => ({
    number: token.id * 2 + 1,
    userId: token.grant.userId,
    startedAt: token.issuedAt,
    lastUsedAt: token.lastUsedAt,
    sourceIp: token.sourceIp,
    kind: 'Oauth2' as const,
    loginHistoryId: token.loginHistoryId,
  }));
  return [...pages, ...tokens];
}
