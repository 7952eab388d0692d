import { RotateCw } from 'lucide-react';
import { NoAccess } from '@/components/access/no-access';
import type { ActionResult } from '@/components/forms/action-result';
import { CopyField } from '@/components/forms/copy-field';
import { EnvironmentName } from '@/components/states/environment-badge';
import { absoluteWords } from '@/components/states/instant';
import { LinkButton } from '@/components/states/link-button';
import { SalesforceWords } from '@/components/states/problem-card';
import type { ConsentFailure } from '@/lib/consent/types';
import { ConsentButton } from './consent-button';

interface ConsentFailureProps {
  failure: ConsentFailure;
  signedIn: boolean;
  /** What the app in Salesforce must hold: half of all failures end there. */
  redirectUri: string | null;
  locale: string;
  timeZone: string;
  /** Asks to be let in. */
  request: (form: FormData) => Promise<ActionResult>;
}

const TITLES: Record<string, string> = {
  sign_in: 'Signing in did not work',
  connect: 'The org was not connected',
  setup: 'Set-up is not finished',
};

function titleOf({ identityProvider, intent }: ConsentFailure): string {
  if (identityProvider && intent === null) return 'The identity was not linked';
  return TITLES[intent ?? ''] ?? 'This consent did not work';
}

/** Why a consent failed: the cause, Salesforce's own words, the facts to compare, and the way on. */
export function ConsentFailureView(props: ConsentFailureProps) {
  const { failure, signedIn, redirectUri, locale, timeZone, request } = props;
  const { environment, identityProvider, intent, problem, at } = failure;
  const noAccess = problem.code === 'CONSENT_NOT_A_MEMBER';
  const title = noAccess ? 'No access to this portal' : titleOf(failure);
  const facts = {
    ...problem.details,
    ...(redirectUri && problem.code === 'APP_REDIRECT_URI_MISMATCH' ? { 'Redirect URI': redirectUri } : {}),
  };
  return (
    <div className="space-y-6" data-code={problem.code}>
      <div>
        {identityProvider ? (
          <p className="mb-4 text-sm font-medium text-muted">{identityProvider.name}</p>
        ) : null}
        {environment ? (
          <p className="mb-4">
            <EnvironmentName {...environment} />
          </p>
        ) : null}
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-2 text-foreground">{problem.message}</p>
      </div>
      {problem.salesforce ? <SalesforceWords fault={problem.salesforce} /> : null}
      {problem.nextStep ? (
        <section
          aria-labelledby="next-step"
          className="rounded-lg border-l-2 border-accent bg-accent-soft px-4 py-3"
        >
          <h2 id="next-step" className="text-sm font-semibold text-accent-soft-foreground">
            What you can do
          </h2>
          <p className="mt-0.5">{problem.nextStep}</p>
        </section>
      ) : null}
      {Object.entries(facts).map(([label, value]) => (
        <CopyField key={label} label={label} value={value} />
      ))}
      {failure.noAccess ? (
        <NoAccess facts={failure.noAccess} locale={locale} timeZone={timeZone} request={request} />
      ) : null}
      <div className="flex flex-wrap gap-2">
        {environment && intent && !environment.deleted ? (
          <ConsentButton
            request={{ environment: environment.slug, intent }}
            variant={failure.noAccess ? 'secondary' : 'primary'}
            icon={<RotateCw aria-hidden="true" />}
          >
            Try again
          </ConsentButton>
        ) : null}
        {identityProvider && intent === 'sign_in' ? (
          <ConsentButton
            request={{ provider: identityProvider.slug, intent }}
            variant="primary"
            icon={<RotateCw aria-hidden="true" />}
          >
            Try again
          </ConsentButton>
        ) : null}
        <LinkButton href={signedIn ? '/' : '/sign-in'} variant="tertiary">
          {signedIn ? 'Back to my connections' : 'Other ways to sign in'}
        </LinkButton>
      </div>
      <p className="border-t border-separator pt-4 text-xs text-muted">
        {absoluteWords(at, { locale, timeZone })} · {problem.code}
        {failure.intent ? <> · {failure.id}</> : null}
      </p>
    </div>
  );
}
