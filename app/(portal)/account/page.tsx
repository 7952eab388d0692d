import { IdentityList } from '@/components/account/identity-list';
import { KeysLink } from '@/components/account/keys-link';
import { PreferencesForm } from '@/components/account/preferences-form';
import { SessionList } from '@/components/account/session-list';
import { ThemeChoices } from '@/components/account/theme-choices';
import { ActionButton } from '@/components/forms/action-button';
import { Page } from '@/components/shell/page';
import { Section } from '@/components/states/facts';
import { listSignInProviders } from '@/lib/environments/identity-providers/queries';
import { listOwnIdentities } from '@/lib/people/identities/queries';
import { getOwnPerson } from '@/lib/people/queries';
import { requireContext } from '@/lib/session/context';
import { listSessions } from '@/lib/session/queries';
import { viewerOf } from '../viewer';
import {
  endOtherSessionsAction,
  endSessionAction,
  unlinkIdentityAction,
  updatePreferencesAction,
} from './actions';

export const metadata = { title: 'Account' };

export default async function AccountPage() {
  const ctx = await requireContext();
  const [person, sessions, identities, providers] = await Promise.all([
    getOwnPerson(ctx),
    listSessions(ctx),
    listOwnIdentities(ctx),
    listSignInProviders(),
  ]);
  return (
    <Page
      title={person.displayName}
      description={[person.email, `Role: ${person.role}`].filter(Boolean).join(' · ')}
    >
      <div className="space-y-6">
        <Section
          title="Sessions"
          description="Browsers that are signed in as you. One that you do not know: end it, and tell your administrator."
        >
          <SessionList sessions={sessions} viewer={viewerOf(ctx)} end={endSessionAction} />
          {sessions.length > 1 ? (
            <div className="mt-4">
              <ActionButton variant="danger-soft" action={endOtherSessionsAction}>
                End all other sessions
              </ActionButton>
            </div>
          ) : null}
        </Section>
        <IdentityList
          identities={identities}
          providers={providers}
          viewer={viewerOf(ctx)}
          unlink={unlinkIdentityAction}
        />
        {ctx.role === 'auditor' ? null : <KeysLink />}
        <Section
          title="Language and time"
          description="How grids write numbers and dates. By default as your Salesforce user has it, for each org."
        >
          <PreferencesForm
            locale={person.locale}
            timeZone={person.timeZone}
            timeZones={Intl.supportedValuesOf('timeZone')}
            action={updatePreferencesAction}
          />
        </Section>
        <Section title="Theme" description="Kept in this browser.">
          <ThemeChoices />
        </Section>
      </div>
    </Page>
  );
}
