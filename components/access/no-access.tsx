import type { ActionResult } from '@/components/forms/action-result';
import { absoluteWords } from '@/components/states/instant';
import type { NoAccess as Facts } from '@/lib/consent/types';
import { RequestForm } from './request-form';

interface NoAccessProps {
  facts: Facts;
  locale: string;
  timeZone: string;
  request: (form: FormData) => Promise<ActionResult>;
}

/** Who can let somebody in, and the way to ask them. */
export function NoAccess({
  facts: { admins, mayAsk, request: asked },
  locale,
  timeZone,
  request,
}: NoAccessProps) {
  const words = (iso: string) => absoluteWords(iso, { locale, timeZone });
  const waits = asked !== null && asked.refusedAt === null;
  return (
    <section aria-labelledby="no-access" className="space-y-4 border-t border-separator pt-5">
      <div>
        <h2 id="no-access" className="text-sm font-semibold">
          Who can let you in
        </h2>
        {admins.length > 0 ? (
          <ul className="mt-1 list-disc pl-5">
            {admins.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        ) : (
          <p className="mt-1">The operator of this server: this portal has no administrator.</p>
        )}
      </div>
      {waits ? (
        <p role="status" className="rounded-lg bg-success-soft px-4 py-3 text-success-soft-foreground">
          Requested on {words(asked.requestedAt)}. Sign in again when an administrator has let you in.
        </p>
      ) : null}
      {asked?.refusedAt ? <p>An administrator refused your request on {words(asked.refusedAt)}.</p> : null}
      {mayAsk && !waits ? <RequestForm label="Request access" action={request} /> : null}
    </section>
  );
}
