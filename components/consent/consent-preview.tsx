import { Section } from '@/components/states/facts';
import type { EnvironmentSummary } from '@/lib/environments/types';
import { ConsentButton } from './consent-button';
import { ScopeList } from './scope-list';

interface ConsentPreviewProps {
  environment: EnvironmentSummary;
  scopes: readonly string[];
}

/** What Salesforce will ask, before it does; and that it asks once, unless it is told to ask again. */
export function ConsentPreview({ environment, scopes }: ConsentPreviewProps) {
  return (
    <div className="max-w-3xl space-y-6">
      <Section
        title="What Salesforce will ask you to allow"
        description="These are the scopes of the app. Whatever they say, a token can do no more than your Salesforce user may."
      >
        <ScopeList scopes={scopes} />
        <p className="mt-4 max-w-[65ch] text-pretty text-muted">
          Salesforce remembers that you have agreed: the next time it leads straight back to Orgdock. To see
          its page once more, have it ask again.
        </p>
        <div className="mt-3">
          <ConsentButton
            request={{ environment: environment.slug, intent: 'connect', askAgain: true }}
            variant="secondary"
            size="sm"
          >
            Connect, and have Salesforce ask again
          </ConsentButton>
        </div>
      </Section>
      <Section title="Which username?">
        <p className="max-w-[65ch] text-pretty text-muted">
          A Salesforce username looks like an e-mail address and need not be one. It is unique in all of
          Salesforce, so each of your orgs knows you by another; in a sandbox it is the one of production with
          the sandbox’s name at the end, such as ada@acme.example.uat. You find it in Salesforce under your
          picture → Settings → Advanced User Details, or in one of the mails “Welcome to Salesforce” and
          “Finish resetting your Salesforce” that you once got.
        </p>
      </Section>
    </div>
  );
}
