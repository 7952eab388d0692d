/** Whether people may sign in through a provider, in a word. */
export function ProviderState({ enabled }: { enabled: boolean }) {
  const colours = enabled ? 'bg-success-soft text-success-soft-foreground' : 'bg-default text-foreground';
  return (
    <span className={`rounded-md px-1.5 text-xs leading-5 font-medium ${colours}`}>
      {enabled ? 'Enabled' : 'Disabled'}
    </span>
  );
}
