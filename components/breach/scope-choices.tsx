import { ChoiceField } from '@/components/forms/choice-field';
import { Field } from '@/components/forms/field';
import { Section } from '@/components/states/facts';
import { SubmitChoice } from './submit-choice';

interface ScopeChoicesProps {
  environments: ReadonlyArray<{ slug: string; name: string }>;
}

/** What is to be ended: the first step, which only asks what would happen. */
export function ScopeChoices({ environments }: ScopeChoicesProps) {
  return (
    <Section
      title="What is to be ended?"
      description="This only shows what would happen. Nothing is revoked before you have read it and confirmed."
    >
      <div className="grid gap-4 md:grid-cols-3">
        <Choice
          scope="all"
          title="Everything"
          text="Every grant of the portal: a leaked database, backup or key ring."
        >
          <SubmitChoice about="everything" />
        </Choice>
        <Choice
          scope="environment"
          title="One environment"
          text="All grants in it: a leaked consumer secret, an org in trouble."
        >
          {environments.length > 0 ? (
            <>
              <ChoiceField
                name="name"
                label="Environment"
                options={environments.map(({ slug, name }) => ({ value: slug, label: name }))}
              />
              <SubmitChoice about="the environment" />
            </>
          ) : (
            <p className="text-muted">There is none.</p>
          )}
        </Choice>
        <Choice
          scope="person"
          title="One person"
          text="All that somebody holds: a stolen laptop, somebody who left in anger."
        >
          <Field name="name" label="Person" placeholder="E-mail or Salesforce username" maxLength={200} />
          <SubmitChoice about="the person" />
        </Choice>
      </div>
    </Section>
  );
}

interface ChoiceProps {
  scope: 'all' | 'environment' | 'person';
  title: string;
  text: string;
  children: React.ReactNode;
}

function Choice({ scope, title, text, children }: ChoiceProps) {
  return (
    <form
      action="/admin/connections/breach"
      aria-label={title}
      className="flex flex-col gap-3 rounded-lg border border-border p-4"
    >
      <div>
        <h3 className="font-semibold">{title}</h3>
        <p className="mt-0.5 text-[0.8125rem] text-pretty text-muted">{text}</p>
      </div>
      <input type="hidden" name="scope" value={scope} />
      <div className="mt-auto space-y-3">{children}</div>
    </form>
  );
}
