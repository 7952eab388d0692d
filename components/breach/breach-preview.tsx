import type { ReactNode } from 'react';
import { type Fact, Facts, Section } from '@/components/states/facts';
import type { BreachPreview } from '@/lib/custody/breach/types';
import { countOf, scopeInWords } from './breach-words';

const MOST_NAMES = 12;

/** Exactly what pressing the button does, in numbers and names. */
export function WhatWillHappen({ preview }: { preview: BreachPreview }) {
  const { choice, scopeName, grants, unsent, sessions, sessionsOf, signInLinks } = preview;
  const { connections, serviceConnections, waiting, strayGrants } = grants;
  const notSent = grants.unsendable + unsent.unsendable;
  const facts: Fact[] = [
    {
      label: 'At once',
      value: (
        <>
          {connections === 0 ? 'No connection is there to be disconnected.' : null}
          {connections > 0
            ? `${countOf(connections, 'connection stops', 'connections stop')} working and ${connections === 1 ? 'is' : 'are'} revoked at Salesforce.`
            : null}
          <Names of={grants.owners.map(({ id, name, connections: n }) => [id, `${name}: ${n}`])} />
          <Names of={grants.environments.map(({ id, name, connections: n }) => [id, `in ${name}: ${n}`])} />
          {serviceConnections > 0
            ? `${countOf(serviceConnections, 'of them is a service connection', 'of them are service connections')} of the portal itself.`
            : null}
        </>
      ),
    },
    ...(waiting + strayGrants > 0
      ? [
          {
            label: 'Asked again now',
            value: `${countOf(waiting + strayGrants, 'grant')} disconnected, replaced or refused before, whose end no org has confirmed yet.`,
          },
        ]
      : []),
    {
      label: 'Not sent',
      value: notSent > 0 ? notSentInWords(preview) : 'None is known now.',
      hint: 'A token whose last refresh has an unknown outcome may be a spent one, which never leaves Orgdock: the next page then says what to do in Salesforce.',
    },
    ...(unsent.ended > 0
      ? [
          {
            label: 'Not needed',
            value: `${countOf(unsent.ended, 'of the connections has', 'of the connections have')} a grant that Salesforce has ended already.`,
          },
        ]
      : []),
    {
      label: 'Sealed values',
      value:
        'The tokens of each grant are deleted with its end; when an org does not answer, after seven days of tries. Keys and passwords of service connections are deleted at once.',
      hint: 'Consumer secrets of apps stay: if they may have leaked, enter new ones on the pages of their environments.',
    },
    {
      label: 'Sessions, unless you keep them',
      value: (
        <>
          {sessions === 0
            ? 'No session but this one of yours is open.'
            : `${countOf(sessions, 'session')} of ${countOf(sessionsOf.length, 'person', 'people')} end${sessions === 1 ? 's' : ''}. This one of yours stays.`}
          <Names of={sessionsOf.map(({ id, name, sessions: n }) => [id, `${name}: ${n}`])} />
          {signInLinks > 0
            ? `${countOf(signInLinks, 'sign-in link')} that nobody has used is taken back.`
            : null}
        </>
      ),
    },
    {
      label: 'Consents',
      value: 'Consents under way are taken back.',
      hint: 'New ones are not blocked, nor is one whose answer is being fetched in this very moment: people may connect anew at once. Close the leak first, or take the environment from people.',
    },
    { label: 'Not touched', value: 'Records in Salesforce, the history here, and the audit log.' },
  ];
  return (
    <Section
      title={`What will happen: ${scopeInWords({ kind: choice.kind, scopeName })}`}
      description="As it stands now. This cannot be undone."
    >
      <Facts facts={facts} />
    </Section>
  );
}

function notSentInWords({ grants, unsent }: BreachPreview): string {
  const said = [
    unsent.unsendable > 0 ? `${unsent.unsendable} of the connections` : null,
    grants.unsendable > 0 ? `${countOf(grants.unsendable, 'grant')} disconnected before` : null,
  ];
  return `${said.filter((one) => one !== null).join(' and ')}, to be ended in Salesforce by hand.`;
}

function Names({ of: names }: { of: Array<[id: string, text: string]> }): ReactNode {
  if (names.length === 0) return null;
  const more = names.length - MOST_NAMES;
  return (
    <ul className="my-1 list-disc pl-5 text-[0.8125rem]">
      {names.slice(0, MOST_NAMES).map(([id, text]) => (
        <li key={id}>{text}</li>
      ))}
      {more > 0 ? <li>and {more} more</li> : null}
    </ul>
  );
}
