import { Building2, ChevronRight } from 'lucide-react';
import { ConsentButton } from '@/components/consent/consent-button';
import type { IdentityProviderChoice } from '@/lib/environments/identity-providers/types';
import type { ProviderRequest } from './start-consent';

interface ProviderChoicesProps {
  providers: IdentityProviderChoice[];
  request: Omit<ProviderRequest, 'provider'>;
  /** Comes before the name, such as `Continue with`. */
  verb: string;
}

/** One wide button per identity provider of the company. */
export function ProviderChoices({ providers, request, verb }: ProviderChoicesProps) {
  return (
    <ul className="space-y-2.5">
      {providers.map(({ slug, name }) => (
        <li key={slug}>
          <ConsentButton
            request={{ ...request, provider: slug }}
            variant="outline"
            size="lg"
            fullWidth
            className="h-13 justify-between px-3 text-sm md:h-13"
          >
            <span className="flex min-w-0 items-center gap-2.5">
              <Building2 aria-hidden="true" className="size-4 shrink-0 text-muted" />
              <span className="truncate font-medium">
                {verb} {name}
              </span>
            </span>
            <ChevronRight aria-hidden="true" className="text-muted" />
          </ConsentButton>
        </li>
      ))}
    </ul>
  );
}
