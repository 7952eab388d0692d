import type { Role } from '@/lib/context';
import type { EnvironmentColor, EnvironmentKind } from '@/lib/environments/types';

export interface PersonSummary {
  id: string;
  displayName: string;
  email: string | null;
  role: Role;
}

export interface Preferences {
  /** BCP 47; null: as in Salesforce. */
  locale: string | null;
  /** IANA; null: as in Salesforce. */
  timeZone: string | null;
}

/** A person in the list of all. Instants are ISO. */
export interface PersonRow extends PersonSummary {
  usernames: string[];
  lastSeenAt: string | null;
  deactivatedAt: string | null;
  /** Connections that they hold, whatever their health. */
  connections: number;
}

/** A page of the list of all people. */
export interface PersonList {
  people: PersonRow[];
  total: number;
  /** Id of the last one, to go on after; null: nobody comes after. */
  next: string | null;
}

/** A person, as administrators and auditors see them. Instants are ISO. */
export interface PersonDetail extends PersonSummary {
  createdAt: string;
  lastSeenAt: string | null;
  deactivatedAt: string | null;
  identities: Array<{ issuer: string; subject: string; username: string; createdAt: string }>;
  /** No other administrator is active. */
  lastAdmin: boolean;
}

/** An environment that is open to chosen people, and whether somebody is one of them. */
export interface EnvironmentChoice {
  id: string;
  name: string;
  kind: EnvironmentKind;
  color: EnvironmentColor | null;
  chosen: boolean;
}

/** Somebody who was chosen for an environment. */
export interface ChosenPerson {
  id: string;
  displayName: string;
  email: string | null;
  /** ISO instant. */
  grantedAt: string;
  grantedBy: string | null;
}

/** An environment that one may not use. */
export interface ForbiddenEnvironment {
  id: string;
  slug: string;
  name: string;
  kind: EnvironmentKind;
  color: EnvironmentColor | null;
  /** False: it is for administrators only. */
  mayAsk: boolean;
  /** ISO instant of the request that waits for an answer. */
  requestedAt: string | null;
}

export type InvitationState = 'open' | 'accepted' | 'withdrawn' | 'expired';

/** An invitation as administrators and auditors see it; the link itself is known to nobody any more. */
export interface InvitationRow {
  id: string;
  displayName: string;
  email: string | null;
  role: Role;
  environments: string[];
  invitedBy: string | null;
  state: InvitationState;
  /** ISO instants. */
  createdAt: string;
  expiresAt: string;
  /** Of the end that its state names. */
  endedAt: string | null;
  acceptedBy: { id: string; displayName: string } | null;
}

/** An invitation as whoever has its link sees it. */
export interface OpenedInvitation {
  displayName: string;
  role: Role;
  environments: string[];
  invitedBy: string | null;
  state: InvitationState;
  /** ISO instant. */
  expiresAt: string;
}

/** Somebody asks to be let in. */
export interface AccessRequest {
  id: string;
  /** Null: nobody who is known. */
  personId: string | null;
  displayName: string;
  username: string | null;
  email: string | null;
  /** Null: the portal itself. */
  environment: { name: string; kind: EnvironmentKind } | null;
  message: string;
  /** ISO instant. */
  createdAt: string;
}

/** What became of the last request of somebody who is not known. Instants are ISO. */
export interface OwnRequest {
  requestedAt: string;
  refusedAt: string | null;
}
