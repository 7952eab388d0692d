import { useEffect, useState, useTransition } from 'react';

/** Follows the name while it is typed; a slow answer never overtakes a newer name. */
export function useRedirectUri(
  name: string,
  initial: string,
  preview?: (name: string) => Promise<string | null>,
): string {
  const [shown, setShown] = useState({ name, uri: initial });
  const [, startTransition] = useTransition();
  useEffect(() => {
    if (!preview || name === shown.name) return;
    let stale = false;
    const timer = setTimeout(() => {
      startTransition(async () => {
        const uri = await preview(name).catch(() => null);
        if (!stale && uri !== null) setShown({ name, uri });
      });
    }, 250);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [name, shown.name, preview]);
  return shown.uri;
}
