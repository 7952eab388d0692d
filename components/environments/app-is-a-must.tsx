interface AppIsAMustProps {
  /** Salesforce's own page about the apps of an org. */
  article: { title: string; url: string };
}

/** What an environment cannot do without, and where to try it when one has no org. */
export function AppIsAMust({ article }: AppIsAMustProps) {
  return (
    <p className="text-pretty">
      An app in the org is a must: without one Salesforce lets nobody connect. Salesforce’s own page:{' '}
      <Outside href={article.url}>{article.title}</Outside>. No org to try it in?{' '}
      <Outside href="https://developer.salesforce.com/signup">A Developer Edition org is free</Outside>.
    </p>
  );
}

function Outside({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className="text-link underline">
      {children}
    </a>
  );
}
