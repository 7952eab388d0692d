import { ChosenPeople } from '@/components/access/chosen-people';
import { Section } from '@/components/states/facts';
import type { PersonContext } from '@/lib/context';
import { listChosenPeople } from '@/lib/people/access/queries';
import { choosePersonAction, unchoosePersonAction } from '../../people/actions';

/** Who may use an environment that is open to chosen people. */
export async function ChosenSection({ ctx, slug }: { ctx: PersonContext; slug: string }) {
  const people = await listChosenPeople(ctx, slug);
  const change = {
    choose: choosePersonAction.bind(null, slug),
    unchoose: unchoosePersonAction.bind(null, slug),
  };
  return (
    <Section
      title="Chosen people"
      description="Besides administrators, only these people connect here and read its records. Whoever is removed keeps what they hold, may disconnect it, and reads nothing."
    >
      <ChosenPeople people={people} change={ctx.role === 'admin' ? change : null} />
    </Section>
  );
}
