import { type ButtonVariants, buttonVariants } from '@heroui/styles';
import Link from 'next/link';
import type { ComponentProps } from 'react';

interface LinkButtonProps extends ComponentProps<typeof Link> {
  variant?: NonNullable<ButtonVariants['variant']>;
  size?: NonNullable<ButtonVariants['size']>;
}

/** A link that looks like a button: it goes somewhere, so it stays a link. */
export function LinkButton({ variant = 'secondary', size = 'md', className, ...props }: LinkButtonProps) {
  return <Link {...props} className={buttonVariants({ variant, size, className })} />;
}
