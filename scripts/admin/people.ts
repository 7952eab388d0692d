import { withSystem } from '@/db/client';
import { closeSetup } from '@/lib/consent/setup-token';
import { portalOrigin } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { grantAdmin } from '@/lib/people/commands';
import { requirePersonNamed } from '@/lib/people/queries';
import { reactivate } from '@/lib/people/roles/commands';
import { createSignInLink } from '@/lib/session/sign-in-links';
import { type AdminCommand, adminContext, onlyArgument } from './command';

export const signInLink: AdminCommand = {
  name: 'sign-in-link',
  parameters: '<person>',
  help: [
    'Prints a link that signs the person in once within 10 minutes.',
    'The way in when Salesforce itself is the problem.',
  ],
  async run(args) {
    const name = onlyArgument(args, 'person');
    const { person, path } = await withSystem(adminContext.reason, async (tx) => {
      const found = await requirePersonNamed(tx, name);
      if (found.deactivated) throw new AppError('CONFLICT', `${found.displayName} is deactivated.`);
      return { person: found, ...(await createSignInLink(tx, adminContext, found.id)) };
    });
    console.log(`Signs in ${person.displayName} (${person.id}), once, within 10 minutes:\n`);
    console.log(`  ${portalOrigin()}${path}`);
  },
};

export const grantAdminCommand: AdminCommand = {
  name: 'grant-admin',
  parameters: '<person>',
  help: [
    'Makes the person an administrator. The way back in when no administrator is left.',
    'Refuses a deactivated person: reactivate them first.',
  ],
  async run(args) {
    const name = onlyArgument(args, 'person');
    const person = await withSystem(adminContext.reason, async (tx) => {
      const found = await requirePersonNamed(tx, name);
      await grantAdmin(tx, adminContext, found);
      // With an admin in place, nobody may become one by the set-up token.
      await closeSetup(tx, adminContext);
      return found;
    });
    console.log(`${person.displayName} (${person.id}) is an administrator now.`);
  },
};

export const reactivateCommand: AdminCommand = {
  name: 'reactivate',
  parameters: '<person>',
  help: ['Lets a deactivated person in again. Sessions and grants stay ended.'],
  async run(args) {
    const name = onlyArgument(args, 'person');
    const person = await withSystem(adminContext.reason, async (tx) => {
      const found = await requirePersonNamed(tx, name);
      await reactivate(tx, adminContext, found.id);
      return found;
    });
    console.log(`${person.displayName} (${person.id}) may sign in again.`);
  },
};
