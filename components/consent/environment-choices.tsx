import { ChevronRight } from 'lucide-react';
import { ConsentButton } from '@/components/consent/consent-button';
import { EnvironmentName } from '@/components/states/environment-badge';
import type { EnvironmentSummary } from '@/lib/environments/types';
import type { ConsentRequest } from './start-consent';

interface EnvironmentChoicesProps {
  environments: EnvironmentSummary[];
  request: Omit<ConsentRequest, 'environment'>;
  /** Read before the name by those who do not see the list around it. */
  verb: string;
}

/** One wide button per environment, marked with its kind. */
export function EnvironmentChoices({ environments, request, verb }: EnvironmentChoicesProps) {
  return (
    <ul className="space-y-2.5">
      {environments.map(({ id, slug, name, kind, color }) => (
        <li key={id}>
          <ConsentButton
            request={{ ...request, environment: slug }}
            variant="outline"
            size="lg"
            fullWidth
            className="h-13 justify-between px-3 text-sm md:h-13"
          >
            <span className="sr-only">{verb} </span>
            <EnvironmentName name={name} kind={kind} color={color} />
            <ChevronRight aria-hidden="true" className="text-muted" />
          </ConsentButton>
        </li>
      ))}
    </ul>
  );
}
