import { Compass } from 'lucide-react';
import { Interrupt } from '@/components/states/interrupt';

export const metadata = { title: 'There is nothing here' };

export default function NotFound() {
  return (
    <Interrupt
      Icon={Compass}
      status="404"
      title="There is nothing here"
      href="/"
      label="Go to my connections"
    >
      The page does not exist, or it belongs to somebody else.
    </Interrupt>
  );
}
