import type { AppType } from '@/lib/environments/types';

/** What an org does to the grants of an app when a new secret is applied. */
export type RotationBehaviour = 'keeps_old' | 'revokes_all' | 'unknown';

/** What is known of an org before the click, and from where. */
export interface KnownBehaviour {
  behaviour: RotationBehaviour;
  /** A whole sentence; null: nothing is known. */
  evidence: string | null;
}

/** One rotation, from the staged secret to the retired one. Instants are ISO. */
export interface SecretRotation {
  id: string;
  source: 'staged_credentials' | 'pasted';
  /** Name; null: somebody who is gone. */
  startedBy: string | null;
  stagedAt: string;
  appliedAt: string | null;
  /** Null: nobody knows, or nobody had to tell it. */
  orgRotated: boolean | null;
  behaviour: RotationBehaviour;
  behaviourEvidence: string | null;
  retiredAt: string | null;
  cancelledAt: string | null;
}

/** Whom it meets when an org revokes every grant of the app. */
export interface RotationReach {
  /** Who holds a living grant of the app, each once. */
  people: number;
  /** Their grants. */
  connections: number;
  /** Set-up grants of administrators, which are grants of the app like all others. */
  bootstrap: number;
  /** Service connections, which get a new access token by themselves. */
  service: number;
  /** Other environments with the same app, which hold a copy of the secret of their own. */
  otherEnvironments: string[];
}

/** Everything that the section of an environment's page says; never a secret. */
export interface SecretRotationView {
  environmentName: string;
  appType: AppType;
  isProduction: boolean;
  /** False: a public client, a draft, or no secret yet. */
  hasSecret: boolean;
  /** ISO instant since when the present secret is in use here. */
  secretSince: string | null;
  /** The secret before is kept until Salesforce has accepted the present one. */
  holdsPrevious: boolean;
  open: SecretRotation | null;
  /** The newest first. */
  earlier: SecretRotation[];
  known: KnownBehaviour;
  reach: RotationReach;
  /** Whether a set-up grant is there, through which the org can be asked for a secret. */
  canAskOrg: boolean;
  /** The reader's own healthy connection in this environment, which may be refreshed to confirm the secret. */
  ownConnectionId: string | null;
}
