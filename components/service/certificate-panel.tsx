import { buttonVariants } from '@heroui/styles';
import { Download } from 'lucide-react';
import { CopyButton } from '@/components/forms/copy-field';
import { Facts } from '@/components/states/facts';
import { Instant, type Viewer } from '@/components/states/instant';
import type { CertificateFacts } from '@/lib/connections/service/types';

interface CertificatePanelProps {
  certificate: CertificateFacts;
  fileName: string;
  viewer: Viewer;
}

/** A certificate to take over to Salesforce. It is public; its private key stays sealed and is never shown. */
export function CertificatePanel({ certificate, fileName, viewer }: CertificatePanelProps) {
  const { pem, fingerprint, validUntil } = certificate;
  return (
    <div className="space-y-3">
      <div className="rounded-lg border border-border bg-surface-secondary">
        <div className="flex items-center justify-between gap-2 border-b border-border py-1 pr-1 pl-3">
          <p className="label">Certificate</p>
          <CopyButton value={pem} label="Copy certificate" />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard */}
        <section tabIndex={0} aria-label="Certificate as text" className="max-h-40 overflow-auto p-3">
          <pre className="font-mono text-xs">{pem}</pre>
        </section>
      </div>
      <a
        download={fileName}
        href={`data:application/x-pem-file,${encodeURIComponent(pem)}`}
        className={buttonVariants({ variant: 'secondary' })}
      >
        <Download aria-hidden="true" />
        Download {fileName}
      </a>
      <Facts
        facts={[
          {
            label: 'Fingerprint (SHA-256)',
            value: <code className="font-mono text-xs break-all">{fingerprint}</code>,
          },
          { label: 'Valid until', value: <Instant iso={validUntil} viewer={viewer} exact /> },
        ]}
      />
    </div>
  );
}
