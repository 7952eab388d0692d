import { buttonVariants } from '@heroui/styles';
import { Download } from 'lucide-react';
import { CopyButton, CopyField } from '@/components/forms/copy-field';

interface DownloadPackProps {
  slug: string;
  commands: string[];
  choice: { permittedUsers: string; permissionSet: string };
  /** For a Salesforce administrator who creates the app by hand. */
  mail: string;
}

/** The pack as a file, and the commands that deploy it: for whoever has no grant here, or no wish to give one. */
export function DownloadPack({ slug, commands, choice, mail }: DownloadPackProps) {
  return (
    <section className="space-y-3">
      <h3 className="font-semibold">Download it</h3>
      <p className="text-muted">
        Five metadata files with a README. They hold no key and no secret: Salesforce makes both. Unpack them,
        and run in that folder:
      </p>
      {commands.map((command, index) => (
        <CopyField key={command} label={`Command ${index + 1}`} value={command} />
      ))}
      <p className="text-xs text-muted">
        The README has the way by clicks as well. Then go on with “Key and secret”.
      </p>
      <form
        method="post"
        action={`/api/environments/${slug}/app-pack?${new URLSearchParams(choice).toString()}`}
      >
        <button type="submit" className={buttonVariants({ variant: 'secondary' })}>
          <Download aria-hidden="true" />
          Download the app pack
        </button>
      </form>
      <div>
        <p className="flex items-center gap-1">
          Or have a Salesforce administrator create it by hand: copy a mail
          <CopyButton value={mail} label="Copy a mail" />
        </p>
        <details>
          <summary className="inline-link w-fit cursor-pointer">Read the mail</summary>
          <pre className="mt-2 rounded-lg bg-surface-secondary px-3 py-2 font-sans text-[0.8125rem] break-words whitespace-pre-wrap">
            {mail}
          </pre>
        </details>
      </div>
    </section>
  );
}
