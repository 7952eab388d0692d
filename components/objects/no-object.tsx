/** No object fits, which says nothing about those that this user does not see. */
export function NoObject({ text }: { text: string }) {
  return (
    <p
      role="status"
      className="rounded-xl border border-dashed border-border px-6 py-10 text-center text-pretty text-muted"
    >
      {text === ''
        ? 'Salesforce shows this user no object that can be queried.'
        : `No object has “${text}” in its label or API name. It may not be visible to this Salesforce user.`}
    </p>
  );
}
