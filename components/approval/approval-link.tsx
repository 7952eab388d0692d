import { Mail } from 'lucide-react';
import { CopyButton, CopyField } from '@/components/forms/copy-field';
import { absoluteWords, type Viewer } from '@/components/states/instant';
import { approvalMailOf, mailtoOf } from './mail-text';

interface ApprovalLinkProps {
  link: { url: string; expiresAt: string };
  askedBy: string;
  environmentName: string;
  viewer: Pick<Viewer, 'locale' | 'timeZone'>;
}

/** The link, this once, with a mail that is ready to be sent. */
export function ApprovalLinkCard({ link, askedBy, environmentName, viewer }: ApprovalLinkProps) {
  const until = absoluteWords(link.expiresAt, viewer);
  const mail = approvalMailOf({ askedBy, environmentName, url: link.url, until });
  return (
    <div role="status" className="w-full space-y-4 rounded-xl border border-border bg-surface p-4">
      <div>
        <p className="font-semibold">Send this link to your Salesforce administrator</p>
        <p className="mt-1 max-w-[60ch] text-pretty text-muted">
          They need no account here. Orgdock shows the link only now, and it works until {until}. When they
          press Done, you are told here.
        </p>
      </div>
      <CopyField label="Link for the Salesforce administrator" value={link.url} />
      <div>
        <div className="flex items-center justify-between gap-2">
          <p className="label">Mail, ready to send</p>
          <span>
            <CopyButton value={mail.text} label="Copy the mail" />
          </span>
        </div>
        <pre className="mt-1 rounded-lg bg-surface-secondary px-3 py-2 font-sans text-[0.8125rem] break-words whitespace-pre-wrap">
          {mail.text}
        </pre>
        <p className="mt-2">
          <a
            href={mailtoOf(mail)}
            className="inline-flex items-center gap-1.5 font-medium text-accent underline"
          >
            <Mail aria-hidden="true" className="size-4" />
            Open in your mail program
          </a>
        </p>
      </div>
    </div>
  );
}
