import { LogIn } from 'lucide-react';
import { Interrupt } from '@/components/states/interrupt';

export const metadata = { title: 'You are signed out' };

export default function Unauthorized() {
  return (
    <Interrupt Icon={LogIn} status="401" title="You are signed out" href="/sign-in" label="Sign in">
      Sign in to go on.
    </Interrupt>
  );
}
