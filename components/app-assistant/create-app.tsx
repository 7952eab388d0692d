'use client';

import { useState } from 'react';
import type { ActionResult } from '@/components/forms/action-result';
import { ChoiceField } from '@/components/forms/choice-field';
import { Field } from '@/components/forms/field';
import type { AppChoice, PermittedUsers } from '@/lib/provisioning/app-pack/types';
import type { SetUpAccess } from '@/lib/provisioning/set-up-access/types';
import { DeployForm } from './deploy-form';
import { DownloadPack } from './download-pack';
import { PERMITTED_USERS } from './words';

interface CreateAppProps {
  slug: string;
  commands: string[];
  mail: string;
  choice: AppChoice | null;
  access: SetUpAccess;
  /** The key that a new app would replace; null: there is none. */
  replaces: string | null;
  /** A deployment is under way. */
  busy: boolean;
  deploy: (form: FormData) => Promise<ActionResult>;
}

/** Who may use the new app, and the two ways to create it. */
export function CreateApp(props: CreateAppProps) {
  const { slug, commands, mail, choice, access, replaces, busy, deploy } = props;
  const [users, setUsers] = useState<PermittedUsers>(choice?.permittedUsers ?? 'AllSelfAuthorized');
  const [permissionSet, setPermissionSet] = useState(choice?.permissionSet ?? '');
  const approved = users === 'AdminApprovedPreAuthorized';
  const chosen = { permittedUsers: users, permissionSet: approved ? permissionSet : '' };
  return (
    <div className="space-y-6">
      <div className="grid gap-4 sm:grid-cols-2">
        <ChoiceField
          name="users"
          label="Who may use the app"
          options={PERMITTED_USERS}
          value={users}
          onChange={(value) => setUsers(value as PermittedUsers)}
          description="In Salesforce: Permitted Users."
        />
        {approved ? (
          <Field
            name="permission-set"
            label="Permission set"
            value={permissionSet}
            onChange={setPermissionSet}
            maxLength={80}
            placeholder="Orgdock_User"
            description="API name of one that exists in the org. Assign it to everybody who is to connect."
          />
        ) : null}
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <DownloadPack slug={slug} commands={commands} choice={chosen} mail={mail} />
        <DeployForm
          slug={slug}
          choice={chosen}
          access={access}
          replaces={replaces}
          busy={busy}
          deploy={deploy}
        />
      </div>
    </div>
  );
}
