import type { OpenedApproval, SetupLinks } from '@/lib/provisioning/approval/types';

export interface ApprovalStep {
  title: string;
  text: string;
  /** The page of Setup; null: the org's own host is not known, so the path has to do. */
  link: { label: string; href: string } | null;
}

type About = Pick<OpenedApproval, 'app' | 'case' | 'setup' | 'username' | 'askedBy'>;

const PAGES: Record<keyof SetupLinks, string> = {
  connectedAppsUsage: 'Connected Apps OAuth Usage',
  manageConnectedApps: 'Manage Connected Apps',
  externalClientApps: 'External Client App Manager',
  permissionSets: 'Permission Sets',
};

const linkTo = ({ setup }: About, page: keyof SetupLinks): ApprovalStep['link'] =>
  setup === null ? null : { label: `Open ${PAGES[page]}`, href: setup[page] };

/** What lets the app itself into the org, by the kind of app and by what Salesforce refused. Pure. */
export function appStepsOf(about: About): ApprovalStep[] {
  // Without Salesforce's words either may be the reason.
  const isMissing = about.case === 'not_installed' || about.case === null;
  const isBlocked = about.case === 'blocked' || about.case === null;
  return [
    ...(isBlocked ? [unblock(about)] : []),
    ...(isMissing && about.app.type === 'connected_app' ? installConnectedApp(about) : []),
    ...(isMissing && about.app.type === 'external_client_app' ? findExternalClientApp(about) : []),
  ];
}

function unblock(about: About): ApprovalStep {
  return {
    title: 'If the app is blocked, unblock it',
    text: 'Setup → Connected Apps OAuth Usage. In the row of the app, choose Unblock.',
    link: linkTo(about, 'connectedAppsUsage'),
  };
}

function installConnectedApp(about: About): ApprovalStep[] {
  return [
    {
      title: 'Install the app',
      text: 'Setup → Connected Apps OAuth Usage. In the row of the app, choose Install. The row is there once somebody has tried to connect.',
      link: linkTo(about, 'connectedAppsUsage'),
    },
    {
      title: 'Or let the user approve apps that are not installed',
      text: 'A permission set with the system permission “Approve Uninstalled Connected Apps” does that. It holds for every such app, so installing is the narrower way.',
      link: linkTo(about, 'permissionSets'),
    },
  ];
}

function findExternalClientApp(about: About): ApprovalStep[] {
  return [
    {
      title: 'See whether the app is in this org',
      text: 'Setup → External Client App Manager. Look for the app with the consumer key on this page.',
      link: linkTo(about, 'externalClientApps'),
    },
    {
      title: 'If it is not, bring it here',
      text: 'An app with the distribution state Local works only in the org that it was made in. Either make an app in this org, with the callback URL and the scopes on this page, and have its consumer key entered in Orgdock; or install the package of the app. Orgdock knows no install link for it: ask who made the app.',
      link: null,
    },
  ];
}

/** What lets the user use the app, where an administrator has to say so. Pure. */
export function userStepsOf(about: About): ApprovalStep[] {
  const isConnectedApp = about.app.type === 'connected_app';
  const page = isConnectedApp ? 'manageConnectedApps' : 'externalClientApps';
  const user = about.username ?? `the Salesforce user of ${about.askedBy}`;
  return [
    {
      title: 'See who may use the app',
      text: `Setup → ${PAGES[page]} → the app → ${isConnectedApp ? 'Edit Policies' : 'Policies → Edit'} → OAuth Policies → Permitted Users. With “All users can self-authorize” nothing is left to do. With “Admin approved users are pre-authorized”, go on.`,
      link: linkTo(about, page),
    },
    {
      title: 'Make a permission set',
      text: 'Setup → Permission Sets → New. A name such as Orgdock is enough; it needs no permissions of its own.',
      link: linkTo(about, 'permissionSets'),
    },
    {
      title: 'Assign it to the app',
      text: isConnectedApp
        ? 'On the page of the app: Manage Permission Sets → choose it → Save.'
        : 'On the Policies of the app: App Policies → Selected Permission Sets → choose it → Save.',
      link: null,
    },
    {
      title: 'Assign it to the user',
      text: `In the permission set: Manage Assignments → Add Assignment → ${user}.`,
      link: null,
    },
  ];
}
