import type { ReactNode } from 'react';

interface PageProps {
  title: string;
  /** Beside the title: a badge. */
  badge?: ReactNode;
  /** Above the title: where this page belongs. */
  above?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** For tables: as wide as a grid. */
  wide?: boolean;
  children: ReactNode;
}

/** A page of text and cards: title, what can be done, content in one column of readable width. */
export function Page({ title, badge, above, description, actions, wide = false, children }: PageProps) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className={`mx-auto w-full ${wide ? 'max-w-[100rem]' : 'max-w-5xl'} px-4 py-8 outline-none sm:px-6 sm:py-10`}
    >
      {above ? <div className="mb-3">{above}</div> : null}
      <div className="mb-7 flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <h1 className="text-2xl leading-8 font-semibold tracking-tight text-foreground">{title}</h1>
            {badge}
          </div>
          {description ? <p className="mt-1.5 max-w-[65ch] text-pretty text-muted">{description}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {children}
    </main>
  );
}
