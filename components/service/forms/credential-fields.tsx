'use client';

import { Field } from '@/components/forms/field';
import { SecretField } from '@/components/forms/secret-field';
import type { ServiceFlow } from '@/lib/connections/types';
import { KeyChoice, type KeySource } from './key-choice';

interface CredentialFieldsProps {
  flow: ServiceFlow;
  errors: Record<string, string | undefined>;
  username?: string;
  /** For the JWT bearer flow. */
  keySources: readonly KeySource[];
}

/** What a flow asks for. Client credentials ask for nothing: key and secret are the environment's. */
export function CredentialFields({ flow, errors, username, keySources }: CredentialFieldsProps) {
  return (
    <>
      <input type="hidden" name="flow" value={flow} />
      {flow === 'client_credentials' ? null : (
        <Field
          name="username"
          label="Username"
          required
          defaultValue={username}
          error={errors.username}
          placeholder="integration@acme.example"
          description="Of the Salesforce user whom it runs as. Take one of its own, with few rights."
        />
      )}
      {flow === 'jwt_bearer' ? <KeyChoice sources={keySources} errors={errors} /> : null}
      {flow === 'password' ? (
        <>
          <SecretField
            name="password"
            label="Password"
            stored={false}
            required
            error={errors.password}
            origin="That of the Salesforce user."
          />
          <SecretField
            name="securityToken"
            label="Security token"
            stored={false}
            error={errors.securityToken}
            origin="Salesforce mails it to the user when the password is set or the token is reset."
          />
        </>
      ) : null}
    </>
  );
}
