'use client';

import { Wrench } from 'lucide-react';
import { useState } from 'react';
import { ConsentButton } from '@/components/consent/consent-button';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { CheckField } from '@/components/forms/check-field';
import { ChoiceField } from '@/components/forms/choice-field';
import type { SetUpAccess } from '@/lib/provisioning/set-up-access/types';
import { connectionOptions } from './connection-options';

interface DeployFormProps {
  slug: string;
  choice: { permittedUsers: string; permissionSet: string };
  access: SetUpAccess;
  replaces: string | null;
  busy: boolean;
  deploy: (form: FormData) => Promise<ActionResult>;
}

/** Deploys over one's own grant in the org; without one, says how to give it. */
export function DeployForm({ slug, choice, access, replaces, busy, deploy }: DeployFormProps) {
  const usable = access.connections.filter((connection) => connection.usable);
  const [chosen, setChosen] = useState(usable[0]?.id ?? '');
  const runtime = usable.find(({ id }) => id === chosen)?.purpose === 'runtime';
  return (
    <section className="space-y-3">
      <h3 className="font-semibold">Let Orgdock deploy it</h3>
      <p className="text-muted">
        Through the Metadata API, over set-up access that you give as an administrator of the org. It is held
        apart from connections, reads no record, and you may disconnect it afterwards.
      </p>
      <div className="flex flex-wrap gap-2">
        {access.ways.map((way) => (
          <ConsentButton
            key={way.slug}
            variant={usable.length === 0 ? 'primary' : 'tertiary'}
            icon={<Wrench aria-hidden="true" />}
            request={{
              environment: way.slug,
              intent: 'connect',
              purpose: 'bootstrap',
              callbackUrl: `/admin/environments/${slug}/app`,
            }}
          >
            Give set-up access through {way.name}
          </ConsentButton>
        ))}
        {access.ways.length === 0 ? (
          <p className="rounded-lg bg-surface-secondary px-3.5 py-2.5 text-[0.8125rem]">
            Consent needs an app, and this org has none here yet. Download the pack and deploy it yourself, or
            add an app that the org has already as an environment of its own first: set-up access is then
            given through it.
          </p>
        ) : null}
      </div>
      {usable.length === 0 ? null : (
        <ActionForm
          label="Deploy the app"
          action={deploy}
          submitLabel={busy ? 'A deployment is under way' : 'Deploy the app'}
          doneMessage="Started."
        >
          {(errors) => (
            <>
              <input type="hidden" name="permittedUsers" value={choice.permittedUsers} />
              <input type="hidden" name="permissionSet" value={choice.permissionSet} />
              <ChoiceField
                name="connectionId"
                label="Over"
                options={connectionOptions(usable)}
                value={chosen}
                onChange={setChosen}
                error={errors.connectionId ?? errors.permissionSet}
              />
              {runtime ? (
                <CheckField
                  name="runtimeConfirmed"
                  label="This connection was given to read records. It may set the app up as well."
                  {...(errors.runtimeConfirmed ? { description: errors.runtimeConfirmed } : {})}
                />
              ) : null}
              {replaces === null ? null : (
                <p
                  role="note"
                  className="rounded-lg bg-warning-soft px-3.5 py-2.5 text-warning-soft-foreground"
                >
                  This environment uses the key <span className="break-all">{replaces}</span> now. If the org
                  makes an app with another key, that one takes its place once its secret is read or entered,
                  and everybody connects anew.
                </p>
              )}
            </>
          )}
        </ActionForm>
      )}
    </section>
  );
}
