import { metadataScopesOf } from '@/lib/provisioning/app-pack/scope-names';
import { appSettingsOf } from '@/lib/provisioning/app-pack/setting-rows';
import type { AppPack, WantedApp } from '@/lib/provisioning/app-pack/types';

/** Where in the download the package is: README.txt is no part of it. */
export const PACKAGE_FOLDER = 'app';

/** The two commands that deploy the package with Salesforce's own command line. */
export function deployCommandsOf(environment: { slug: string; origin: string }): string[] {
  const alias = `orgdock-${environment.slug}`;
  const host = environment.origin === '' ? 'https://your-domain.my.salesforce.com' : environment.origin;
  return [
    `sf org login web --instance-url ${host} --alias ${alias}`,
    `sf project deploy start --metadata-dir ${PACKAGE_FOLDER} --target-org ${alias} --wait 10`,
  ];
}

/** What to do with the pack, for whoever opens it without Orgdock at hand. */
export function readmeOf(
  environment: { slug: string; origin: string },
  wanted: WantedApp,
  pack: AppPack,
): string {
  const [login, deploy] = deployCommandsOf(environment);
  const { unknown } = metadataScopesOf(wanted.scopes);
  const settings = appSettingsOf(wanted, 'external_client_app').flatMap(({ label, want, why, path }) => [
    `- ${label}: ${want}`,
    `  Why: ${why}`,
    `  Where: ${path}`,
  ]);
  return `${[
    `External Client App "${wanted.label}" for Orgdock`,
    `Template ${pack.version} of ${pack.date}. API name ${pack.developerName}.`,
    ...(wanted.contactEmail === '' ? [] : [`Salesforce writes about the app to ${wanted.contactEmail}.`]),
    '',
    'It holds no key and no secret: Salesforce makes both when the app is created.',
    '',
    'DEPLOY WITH THE COMMAND LINE',
    'You need the Salesforce CLI and a user who may customize the application. In the folder of this file:',
    '',
    `  ${login}`,
    `  ${deploy}`,
    '',
    'Add --dry-run to the second command to have it checked only.',
    '',
    'OR DEPLOY BY CLICKS',
    '1. Pack the content of the folder app into a zip file, package.xml at its top.',
    '2. Open Workbench (https://workbench.developerforce.com) as an administrator of the org: migration → Deploy.',
    '3. Choose the zip file, tick Rollback On Error and Single Package, then Deploy.',
    'Without deploying at all: Setup → External Client App Manager → New External Client App, with the settings below.',
    '',
    'AFTERWARDS',
    `1. Setup → External Client App Manager → ${wanted.label} → Settings → OAuth Settings → Consumer Key and Secret.`,
    '   Salesforce sends a code by e-mail first (identity verification).',
    '2. Copy both into Orgdock: Environments → this environment → App → Key and secret.',
    '3. Salesforce needs 2 to 10 minutes until the app can be used.',
    ...(wanted.permissionSet === null
      ? []
      : [`4. Assign the permission set ${wanted.permissionSet} to everybody who is to connect.`]),
    ...(unknown.length === 0
      ? []
      : ['', `ADD BY HAND: the scopes ${unknown.join(', ')}, for which the Metadata API has no known name.`]),
    '',
    'SETTINGS',
    ...settings,
  ].join('\n')}\n`;
}
