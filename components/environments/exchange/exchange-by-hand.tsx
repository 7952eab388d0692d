'use client';

import { useState } from 'react';
import { ActionForm } from '@/components/forms/action-form';
import type { Answer } from '@/components/forms/action-result';
import { Field } from '@/components/forms/field';
import { Section } from '@/components/states/facts';
import type { ExchangedByHand } from '@/lib/salesforce/types';
import { AuthorizeLink } from './authorize-link';
import { ExchangedAnswer } from './exchanged-answer';

interface ExchangeByHandProps {
  app: {
    authorizeUrl: string;
    /** Added to the authorize URL. */
    parameters: Record<string, string>;
    clientId: string;
    redirectUri: string;
    scopes: string;
    hasSecret: boolean;
  };
  /** Of production: its name has to be typed before anything is sent. */
  typedName: string | null;
  exchange: (form: FormData) => Promise<Answer<ExchangedByHand>>;
}

/** An authorization code, exchanged by hand to see Salesforce's answer. */
export function ExchangeByHand({ app, typedName, exchange }: ExchangeByHandProps) {
  const [redirectUri, setRedirectUri] = useState(app.redirectUri);
  const [clientId, setClientId] = useState(app.clientId);
  const [verifier, setVerifier] = useState('');
  const [answer, setAnswer] = useState<ExchangedByHand | null>(null);
  const run = async (form: FormData) => {
    setAnswer(null);
    const result = await exchange(form);
    if (result.ok) setAnswer(result.value);
    return result;
  };
  const ownApp = clientId.trim() === app.clientId;
  return (
    <>
      <Section
        title="1. Get a code"
        description="If you have a code and its verifier already, go on with the second step."
      >
        <AuthorizeLink app={{ ...app, clientId, redirectUri }} onVerifier={setVerifier} />
      </Section>
      <Section
        title="2. Exchange it"
        description="A code works once and for about 15 minutes, with the callback URL, the client id and the challenge of its authorize URL."
      >
        <ActionForm
          label="Exchange a code"
          action={run}
          submitLabel="Exchange and give back"
          doneMessage="Salesforce answered."
        >
          {(errors) => (
            <>
              <Field
                name="redirectUri"
                label="Callback URL"
                value={redirectUri}
                onChange={setRedirectUri}
                error={errors.redirectUri}
                description="As it stands in the app in Salesforce."
                required
              />
              <Field
                name="clientId"
                label="Client id"
                value={clientId}
                onChange={setClientId}
                error={errors.clientId}
                description="Salesforce calls it “Consumer Key”."
                required
              />
              <Field
                name="clientSecret"
                label="Client secret"
                type="password"
                autoComplete="new-password"
                error={errors.clientSecret}
                description={secretWords(ownApp, app.hasSecret)}
              />
              <Field
                name="code"
                label="Code"
                error={errors.code}
                description="The value of code, or the whole address that Salesforce sent the browser to."
                required
              />
              <Field
                name="codeVerifier"
                label="Code verifier"
                value={verifier}
                onChange={setVerifier}
                error={errors.codeVerifier}
                description="PKCE: the one whose challenge stood in the authorize URL."
                required
              />
              {typedName === null ? null : (
                <Field
                  name="confirmation"
                  label={`Type “${typedName}” to confirm`}
                  error={errors.confirmation}
                  description="This is production: the grant of this test is a real one until it is given back."
                  required
                />
              )}
            </>
          )}
        </ActionForm>
      </Section>
      {answer ? <ExchangedAnswer answer={answer} /> : null}
    </>
  );
}

function secretWords(ownApp: boolean, hasSecret: boolean): string {
  if (!ownApp)
    return 'The stored secret belongs to another client id and is not sent. Empty: a public client.';
  return hasSecret ? 'Empty: the stored one is sent.' : 'None is stored. Empty: a public client.';
}
