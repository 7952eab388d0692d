import { Section } from '@/components/states/facts';
import { type AttemptsProps, AttemptsTable } from './attempts-table';

/** The attempts of a connection as a card of its page. */
export function AttemptsSection(props: AttemptsProps) {
  return (
    <div id="attempts" className="scroll-mt-20">
      <Section
        title="Attempts"
        description="Every time a token of this connection left Orgdock, and what came of it. Kept for 90 days, never with a token."
      >
        <AttemptsTable {...props} />
      </Section>
    </div>
  );
}
