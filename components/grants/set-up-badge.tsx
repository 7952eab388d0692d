import { Wrench } from 'lucide-react';

/** Marks a grant that sets an app up and reads no record. */
export function SetUpBadge() {
  return (
    <span className="inline-flex items-center gap-1 rounded-md bg-default px-2 py-0.5 text-xs leading-5 font-medium whitespace-nowrap text-default-foreground">
      <Wrench aria-hidden="true" className="size-3.5" />
      Set-up access
    </span>
  );
}
