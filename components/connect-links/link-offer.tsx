import { ArrowRight } from 'lucide-react';
import { ConsentButton } from '@/components/consent/consent-button';
import { ScopeList } from '@/components/consent/scope-list';
import { EnvironmentName } from '@/components/states/environment-badge';
import { Facts } from '@/components/states/facts';
import { absoluteWords } from '@/components/states/instant';
import type { OpenedLink } from '@/lib/consent/links/types';
import { TakeBack } from './take-back';

interface LinkOfferProps {
  link: OpenedLink;
  token: string;
  /** Who is signed in at the portal in this browser; null: nobody. */
  signedInAs: string | null;
}

/** What a stranger is asked for, before Salesforce asks: who will hold the grant, what it can do, how it ends. */
export function LinkOffer({ link, token, signedInAs }: LinkOfferProps) {
  const { holder, program, purpose, portal, environment, org, scopes, expiresAt } = link;
  return (
    <div className="space-y-7">
      <div>
        <p className="mb-4">
          <EnvironmentName {...environment} />
        </p>
        <h1 className="text-xl font-semibold tracking-tight">
          {holder} asks to connect your Salesforce user
        </h1>
        <p className="mt-2">
          Whoever logs in to Salesforce next gives {holder} a connection: Orgdock, a portal at {portal}, keeps
          it for {holder}, and the applications of {holder} act in Salesforce as that user. You need no
          account here, and you get none.
        </p>
      </div>
      {signedInAs ? (
        <p role="note" className="rounded-lg bg-warning-soft px-4 py-3 text-warning-soft-foreground">
          {signedInAs === holder
            ? `You are signed in as ${signedInAs}: this link is yours. It is meant for whoever is to connect their Salesforce user for you.`
            : `You are signed in as ${signedInAs}. This grants to ${holder}, not to you, and your session plays no part in it.`}
        </p>
      ) : null}
      <Facts
        facts={[
          { label: 'Held by', value: `${holder}, at ${portal}` },
          {
            label: 'Asked by',
            value: program === null ? holder : program,
            ...(program === null ? {} : { hint: `A program of ${holder}, by the name they gave it.` }),
          },
          {
            label: 'What for',
            value: <q className="break-words">{purpose}</q>,
            hint: 'In the words of whoever made the link. Orgdock has not checked them.',
          },
          { label: 'Salesforce org', value: org.name === null ? org.host : `${org.name} (${org.host})` },
        ]}
      />
      <section aria-labelledby="may">
        <h2 id="may" className="text-base font-semibold">
          What it can do
        </h2>
        <p className="mt-1 mb-3 text-muted">
          No more than your Salesforce user may, within these scopes. What is done through it is done in your
          user’s name.
        </p>
        <ScopeList scopes={scopes} />
      </section>
      <TakeBack holder={holder} />
      <div>
        <ConsentButton request={{ token }} variant="primary" icon={<ArrowRight aria-hidden="true" />}>
          Continue to Salesforce
        </ConsentButton>
        <p className="mt-3 max-w-[60ch] text-pretty text-muted">
          From here on, the link works in this browser only, and once. If you did not expect it, or do not
          know {holder}, close this page: nothing has happened.
        </p>
      </div>
      <p className="border-t border-separator pt-4 text-xs text-muted">
        Works once, until {absoluteWords(expiresAt, { locale: 'en-GB', timeZone: 'UTC' })}.
      </p>
    </div>
  );
}
