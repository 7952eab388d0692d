import { Check, CircleAlert, Infinity as Unlimited } from 'lucide-react';
import type { KeyNames } from '@/lib/broker/keys/types';
import type { KeyPolicy } from '@/lib/broker/types';
import { policyInWords } from './words/policy-words';

const LOOKS = {
  plain: { Icon: Check, tone: 'text-success-soft-foreground' },
  open: { Icon: Unlimited, tone: 'text-muted' },
  danger: { Icon: CircleAlert, tone: 'text-danger' },
};

/** A policy as sentences; what is not limited and what cannot be looked into has a mark of its own. */
export function PolicyWords({ policy, names }: { policy: KeyPolicy; names: KeyNames }) {
  return (
    <ul className="space-y-1.5 text-sm">
      {policyInWords(policy, names).map(({ text, tone }) => {
        const { Icon, tone: color } = LOOKS[tone];
        return (
          <li key={text} className="flex gap-2.5">
            <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${color}`} />
            <span className="min-w-0 text-pretty break-words">{text}</span>
          </li>
        );
      })}
    </ul>
  );
}
