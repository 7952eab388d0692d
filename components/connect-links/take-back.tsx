/** How long a connection that was given by a link lives, and how whoever gave it ends it. */
export function TakeBack({ holder }: { holder: string }) {
  return (
    <section aria-labelledby="take-back">
      <h2 id="take-back" className="text-base font-semibold">
        How long it lives, and how to take it back
      </h2>
      <p className="mt-1 max-w-[65ch] text-pretty text-muted">
        Until it is taken back: Orgdock renews it by itself. You end it in Salesforce at any time, under your
        picture → Settings → Advanced User Details → OAuth Connected Apps → Revoke; your Salesforce
        administrator does the same in Setup → Connected Apps OAuth Usage. Or ask {holder} to disconnect it.
      </p>
    </section>
  );
}
