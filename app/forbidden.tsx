import { ShieldX } from 'lucide-react';
import { Interrupt } from '@/components/states/interrupt';

export const metadata = { title: 'This is for administrators' };

export default function Forbidden() {
  return (
    <Interrupt
      Icon={ShieldX}
      status="403"
      title="This is for administrators"
      href="/"
      label="Go to my connections"
    >
      Your role in this portal does not include this page. Ask an administrator of the portal.
    </Interrupt>
  );
}
