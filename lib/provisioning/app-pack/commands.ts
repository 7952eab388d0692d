import { withActor } from '@/db/client';
import { appendAudit } from '@/lib/audit/append';
import type { PersonContext } from '@/lib/context';
import { assertAdmin } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';
import { appPackOf } from '@/lib/provisioning/app-pack/app-pack';
import { requireAppEnvironment } from '@/lib/provisioning/app-pack/queries';
import { PACKAGE_FOLDER, readmeOf } from '@/lib/provisioning/app-pack/readme';
import { parseAppChoice } from '@/lib/provisioning/app-pack/schema';
import type { AppChoice, AppEnvironment, AppPack, WantedApp } from '@/lib/provisioning/app-pack/types';
import { wantedAppOf } from '@/lib/provisioning/app-pack/wanted-app';
import { writeZip } from '@/lib/salesforce/metadata/write-zip';

/**
 * The metadata pack of an environment's External Client App as a zip archive, with how to deploy it. That it left is
 * audited. Throws FORBIDDEN, NOT_FOUND, INVALID_INPUT (`permissionSet`), CONFLICT (an existing app, or no contact).
 */
export async function downloadAppPack(
  ctx: PersonContext,
  input: { slug: string; choice: unknown },
): Promise<{ name: string; zip: Buffer }> {
  assertAdmin(ctx);
  const choice = parseAppChoice(input.choice);
  const environment = await requireAppEnvironment(ctx, input.slug);
  const { wanted, pack } = packOf(environment, choice);
  await withActor(ctx, (tx) =>
    appendAudit(tx, ctx, {
      action: 'environment.app_pack',
      subjectId: environment.id,
      details: { developerName: pack.developerName, version: pack.version, ...choice },
    }),
  );
  const files = Object.entries(pack.files).map(([path, text]) => [`${PACKAGE_FOLDER}/${path}`, text]);
  const zip = writeZip({
    'README.txt': readmeOf(environment, wanted, pack),
    ...(Object.fromEntries(files) as Record<string, string>),
  });
  return { name: `orgdock-${environment.slug}-app.zip`, zip };
}

/** The package for this environment. Throws CONFLICT when it uses an existing app, or nobody is its contact. */
export function packOf(environment: AppEnvironment, choice: AppChoice): { wanted: WantedApp; pack: AppPack } {
  const { name, appType, contactEmail, apiVersion } = environment;
  if (appType === 'connected_app') {
    throw new AppError('CONFLICT', `${name} uses a Connected App that exists already.`, {
      nextStep:
        'Compare its settings with the table on this page, or change the app type under Settings to create an External Client App.',
    });
  }
  if (contactEmail === null) {
    throw new AppError('CONFLICT', 'Salesforce asks for the e-mail address of a contact for the app.', {
      nextStep: 'Enter the contact e-mail of this environment under Settings.',
    });
  }
  const wanted = wantedAppOf(environment, choice);
  return { wanted, pack: appPackOf(wanted, apiVersion) };
}
