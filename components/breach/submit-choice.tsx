import { buttonVariants } from '@heroui/styles';

/** Leads to what would happen. */
export function SubmitChoice({ about }: { about: string }) {
  return (
    <button type="submit" className={buttonVariants({ variant: 'secondary' })}>
      See what will happen<span className="sr-only"> to {about}</span>
    </button>
  );
}
