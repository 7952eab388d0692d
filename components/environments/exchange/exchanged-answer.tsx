import { CircleAlert, CircleCheck } from 'lucide-react';
import { Section } from '@/components/states/facts';
import { SalesforceWords } from '@/components/states/problem-card';
import type { AnswerField, ExchangedByHand } from '@/lib/salesforce/types';

const SIGNATURES: Record<ExchangedByHand['signature'], string> = {
  verified: 'The signature was verified with the client secret.',
  wrong: 'The signature does not fit the client secret: the answer may not come from this app.',
  missing: 'The answer holds no signature.',
  unknown: 'The signature cannot be verified without a client secret.',
};

/** What Salesforce answered to a code, without any token. */
export function ExchangedAnswer({ answer }: { answer: ExchangedByHand }) {
  const { fields, signature, issuedAt, revocation } = answer;
  return (
    <Section title="Salesforce’s answer">
      <div role="status" className="space-y-4">
        <Verdict good={revocation.confirmed}>
          {revocation.confirmed
            ? 'The grant was given back: Salesforce has revoked it. Nothing was stored.'
            : 'Salesforce did not confirm that the grant has ended. Orgdock keeps its token, sealed, to try again for up to seven days; the audit log says how that ends. To end it yourself, revoke it in Setup → Connected Apps OAuth Usage.'}
        </Verdict>
        {revocation.fault && !revocation.confirmed ? <SalesforceWords fault={revocation.fault} /> : null}
        <Verdict good={signature === 'verified'}>{SIGNATURES[signature]}</Verdict>
        <div className="overflow-x-auto">
          <table className="w-full text-left text-[0.8125rem]">
            <caption className="sr-only">Fields of the answer</caption>
            <thead className="text-xs text-muted">
              <tr>
                <th scope="col" className="py-1.5 pr-4 font-medium">
                  Field
                </th>
                <th scope="col" className="py-1.5 font-medium">
                  Value
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-separator">
              {fields.map((field) => (
                <tr key={field.name}>
                  <th scope="row" className="py-2 pr-4 align-top font-mono font-medium">
                    {field.name}
                  </th>
                  <td className="py-2 font-mono break-all">
                    <Value field={field} issuedAt={issuedAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Section>
  );
}

function Value({ field, issuedAt }: { field: AnswerField; issuedAt: string }) {
  const { name, value, maskedLength } = field;
  const note =
    maskedLength !== null ? `masked, ${maskedLength} characters` : name === 'issued_at' ? issuedAt : null;
  return (
    <>
      {value}
      {maskedLength === null ? null : '…'}
      {note ? <span className="ml-2 font-sans text-muted">{note}</span> : null}
    </>
  );
}

function Verdict({ good, children }: { good: boolean; children: string }) {
  const Icon = good ? CircleCheck : CircleAlert;
  return (
    <p className="flex gap-2.5">
      <Icon
        aria-hidden="true"
        className={`mt-0.5 size-4 shrink-0 ${good ? 'text-success-soft-foreground' : 'text-warning-soft-foreground'}`}
      />
      {children}
    </p>
  );
}
