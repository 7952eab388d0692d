'use client';

import { Button } from '@heroui/react/button';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { CopyField } from '@/components/forms/copy-field';
import { LinkButton } from '@/components/states/link-button';
import { authorizeUrlOf, makePkcePair, type PkcePair } from './pkce';

interface AuthorizeLinkProps {
  app: {
    authorizeUrl: string;
    parameters: Record<string, string>;
    clientId: string;
    redirectUri: string;
    scopes: string;
  };
  onVerifier: (verifier: string) => void;
}

/** A PKCE pair and the authorize URL with its challenge, to be opened in this browser. */
export function AuthorizeLink({ app, onVerifier }: AuthorizeLinkProps) {
  const [pair, setPair] = useState<PkcePair | null>(null);
  const [impossible, setImpossible] = useState(false);
  const make = async () => {
    try {
      const made = await makePkcePair();
      setPair(made);
      onVerifier(made.verifier);
    } catch {
      // Browsers digest on https and localhost only.
      setImpossible(true);
    }
  };
  const url = pair ? authorizeUrlOf({ ...app, challenge: pair.challenge }) : null;
  return (
    <div className="space-y-4">
      <Button variant="secondary" onPress={() => void make()}>
        {pair ? 'Make another PKCE pair' : 'Make a PKCE pair'}
      </Button>
      <div role="status" className="space-y-4">
        {impossible ? (
          <p className="text-danger">
            This browser makes no challenge here. Open Orgdock at its https address, or at localhost.
          </p>
        ) : null}
        {url && pair ? (
          <>
            <CopyField
              label="Code challenge"
              value={pair.challenge}
              hint="The verifier is filled in below."
            />
            <CopyField
              label="Authorize URL"
              value={url}
              hint="client_id and redirect_uri are those of the second step, scope those of the environment, code_challenge the one above; state says by-hand, as no attempt of Orgdock waits for it."
            />
            <LinkButton href={url} target="_blank" rel="noreferrer" prefetch={false}>
              Open it in a new tab
              <ExternalLink aria-hidden="true" />
            </LinkButton>
          </>
        ) : null}
      </div>
      <p className="text-xs text-muted">
        Where Salesforce comes back to Orgdock’s own callback URL, Orgdock says that it knows no such attempt
        and takes nothing: copy the address from the network panel of your browser’s developer tools, or use
        another callback URL of the app, such as https://login.salesforce.com/services/oauth2/success, which
        leaves the code in the address bar.
      </p>
    </div>
  );
}
