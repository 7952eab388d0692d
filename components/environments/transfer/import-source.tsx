'use client';

import { inputVariants } from '@heroui/styles';
import { useId } from 'react';

interface ImportSourceProps {
  content: string;
  onChange: (content: string) => void;
  /** By the place in the file. */
  errors: Record<string, string | undefined>;
}

/** A file, chosen or pasted. It is read in the browser and shown before anything is sent. */
export function ImportSource({ content, onChange, errors }: ImportSourceProps) {
  const id = useId();
  const places = Object.entries(errors);
  return (
    <>
      <div className="flex flex-col gap-1">
        <label htmlFor={`${id}-file`} className="label">
          Choose a file
        </label>
        <input
          id={`${id}-file`}
          type="file"
          className="text-[0.8125rem] text-muted file:mr-3 file:cursor-pointer file:rounded-lg file:border-0 file:bg-default file:px-3 file:py-1.5 file:text-sm file:font-medium file:text-default-foreground"
          accept=".json,application/json"
          onChange={async ({ target }) => {
            const file = target.files?.[0];
            if (file) onChange(await file.text());
          }}
        />
      </div>
      <div className="flex flex-col gap-1">
        <label htmlFor={`${id}-text`} className="label">
          Or paste its content
        </label>
        <textarea
          id={`${id}-text`}
          value={content}
          rows={10}
          spellCheck={false}
          aria-invalid={places.length > 0 ? true : undefined}
          aria-describedby={places.length > 0 ? `${id}-errors` : undefined}
          onChange={({ target }) => onChange(target.value)}
          className={inputVariants({ className: 'w-full font-mono text-xs' })}
        />
        {places.length > 0 ? (
          <ul id={`${id}-errors`} className="space-y-0.5 px-1 text-xs text-danger wrap-anywhere">
            {places.map(([place, message]) => (
              <li key={place}>
                <span className="font-mono">{place}</span>: {message}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </>
  );
}
