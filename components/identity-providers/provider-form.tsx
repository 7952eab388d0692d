'use client';

import { type ComponentProps, type ReactNode, useRef, useState } from 'react';
import { useRedirectUri } from '@/components/environments/form/use-redirect-uri';
import { Group } from '@/components/environments/group';
import { ActionForm } from '@/components/forms/action-form';
import type { ActionResult } from '@/components/forms/action-result';
import { CheckField } from '@/components/forms/check-field';
import { CopyField } from '@/components/forms/copy-field';
import { Field } from '@/components/forms/field';
import { SecretField } from '@/components/forms/secret-field';
import type { GroupMappingRow } from '@/lib/environments/identity-providers/types';
import { MappingEditor } from './mapping-editor';
import { TestIssuer } from './test-issuer';

export interface ProviderFormValues {
  name: string;
  issuer: string;
  clientId: string;
  scopes: string;
  groupsClaim: string;
  groupMappings: GroupMappingRow[];
  admitsUnknown: boolean;
}

interface ProviderFormProps {
  values: ProviderFormValues;
  redirectUri: string;
  /** What a name would get. Absent once the provider exists: it never changes. */
  previewRedirectUri?: (name: string) => Promise<string | null>;
  /** `version` changes with the stored secret: the field then hides it again. */
  secret: { stored: boolean; version?: string | null; since?: string | undefined };
  environments: ReadonlyArray<{ id: string; name: string }>;
  submitLabel: string;
  doneMessage: string;
  action: (form: FormData) => Promise<ActionResult>;
  test: ComponentProps<typeof TestIssuer>['test'];
  secondary?: ReactNode;
}

/** The company's identity provider: what it must be told, what it gives, and whom it lets in. */
export function ProviderForm(props: ProviderFormProps) {
  const { values, secret } = props;
  const [name, setName] = useState(values.name);
  const issuer = useRef(values.issuer);
  const redirectUri = useRedirectUri(name, props.redirectUri, props.previewRedirectUri);
  return (
    <ActionForm
      label="Identity provider"
      action={props.action}
      submitLabel={props.submitLabel}
      doneMessage={props.doneMessage}
      secondary={props.secondary}
    >
      {(errors) => (
        <>
          <Group title="1. Name it">
            <Field
              name="name"
              label="Name"
              required
              maxLength={80}
              defaultValue={values.name}
              error={errors.name}
              description="People read it on the sign-in page: “Continue with Acme login”."
              onChange={setName}
            />
          </Group>
          <Group title="2. Register Orgdock at the provider">
            <p className="text-muted">
              Create a web application (confidential client, authorization code with PKCE) and give it this
              redirect URI, exactly:
            </p>
            <CopyField label="Redirect URI" value={redirectUri} />
          </Group>
          <Group title="3. Enter what the provider gives you">
            <Field
              name="issuer"
              label="Issuer"
              required
              defaultValue={values.issuer}
              error={errors.issuer}
              placeholder="https://login.acme.example"
              description="Letter by letter as the provider calls itself, also a slash at its end."
              onChange={(text) => {
                issuer.current = text;
              }}
            />
            <TestIssuer issuer={() => issuer.current} test={props.test} />
            <Field
              name="clientId"
              label="Client id"
              required
              defaultValue={values.clientId}
              error={errors.clientId}
            />
            <SecretField
              key={secret.version}
              name="clientSecret"
              label="Client secret"
              origin="Leave it empty for a public client."
              stored={secret.stored}
              storedSince={secret.since}
              error={errors.clientSecret}
            />
            {secret.stored ? (
              <CheckField
                name="removeSecret"
                label="Delete the stored secret"
                description="Only for a client that has none."
              />
            ) : null}
            <Field
              name="scopes"
              label="Scopes"
              defaultValue={values.scopes}
              error={errors.scopes}
              description="Separated by spaces. openid is needed; some providers want groups for the groups."
            />
          </Group>
          <Group title="4. Who may come in">
            <CheckField
              name="admitsUnknown"
              label="Everybody whom the provider lets in becomes a member"
              description="Otherwise only people that Orgdock knows, and those of a mapped group."
              defaultChecked={values.admitsUnknown}
            />
            <Field
              name="groupsClaim"
              label="Groups claim"
              defaultValue={values.groupsClaim}
              error={errors.groupsClaim}
              description="The claim of the ID token, or of userinfo, that lists groups. Empty: groups decide nothing."
            />
            <p className="text-muted">
              A mapped group gives its role at every sign-in; of several, the highest. Without a mapped group
              people keep the role that they have.
            </p>
            <MappingEditor
              name="groupMappings"
              mappings={values.groupMappings}
              environments={props.environments}
              error={errors.groupMappings}
            />
          </Group>
        </>
      )}
    </ActionForm>
  );
}
