import type { SimulatorAct } from '@/simulator/control/acts';
import type { SimOrg } from '@/simulator/types';

/** What the Setup Audit Trail says of a change. */
export interface SetupChange {
  readonly action: string;
  readonly section: string;
  readonly display: string;
}

/** The words of the Setup Audit Trail for an act; null: the act is nothing that somebody does in Setup. */
export function setupChangeOf(act: SimulatorAct, org: SimOrg): SetupChange | null {
  const app = org.apps[0]?.label ?? '';
  switch (act.act) {
    case 'block_app':
      return ofApp(
        act.blocked ? 'blockedConnectedApp' : 'unblockedConnectedApp',
        `${act.blocked ? 'Blocked' : 'Unblocked'} the app ${app}`,
      );
    case 'uninstall_app':
      return ofApp(
        act.uninstalled ? 'uninstalledConnectedApp' : 'installedConnectedApp',
        `${act.uninstalled ? 'Uninstalled' : 'Installed'} the app ${app}`,
      );
    case 'rotation':
      return ofApp(
        'changedConnectedApp',
        `Changed Refresh Token Rotation of the app ${app} from ${onOff(!act.on)} to ${onOff(act.on)}`,
      );
    case 'change_secret':
      return ofApp('rotatedConsumerSecret', `Rotated the consumer secret of the app ${app}`);
    case 'change_app':
      return ofApp('changedConnectedApp', `Changed ${Object.keys(act.changes).join(', ')} of the app ${app}`);
    case 'revoke_grants':
      return ofApp('revokedOauthTokens', `Revoked the OAuth tokens of ${act.username ?? 'all users'}`);
    case 'deactivate_user':
      return ofUser(
        act.inactive ? 'deactivateduser' : 'activateduser',
        `${act.inactive ? 'Deactivated' : 'Activated'} user ${act.username}`,
      );
    case 'freeze_user':
      return ofUser(
        act.frozen ? 'frozeuser' : 'unfrozeuser',
        `${act.frozen ? 'Froze' : 'Unfroze'} user ${act.username}`,
      );
    case 'change_password':
      return ofUser('changedpassword', `Changed password for user ${act.username}`);
    case 'password_flow':
      return {
        action: 'changedOauthUsernamePasswordFlow',
        section: 'OAuth and OpenID Connect Settings',
        display: `Changed Allow OAuth Username-Password Flows from ${onOff(!act.on)} to ${onOff(act.on)}`,
      };
    default:
      return null;
  }
}

function ofApp(action: string, display: string): SetupChange {
  return { action, section: 'Connected Apps', display };
}

function ofUser(action: string, display: string): SetupChange {
  return { action, section: 'Manage Users', display };
}

function onOff(on: boolean): string {
  return on ? 'On' : 'Off';
}
