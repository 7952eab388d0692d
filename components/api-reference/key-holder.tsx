'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';
import { Field } from '@/components/forms/field';

const Key = createContext('');

/** The key with which the forms of this page call: in the memory of this page, and nowhere else. */
export function useKey(): string {
  return useContext(Key);
}

/** Asks for a key and holds it for what is inside. */
export function KeyHolder({ children }: { children: ReactNode }) {
  const [key, setKey] = useState('');
  return (
    <Key value={key}>
      <section className="mb-6 rounded-xl bg-surface p-5 shadow-surface sm:p-6">
        <Field
          name="key"
          type="password"
          label="API key for trying things out"
          description="It stays in the memory of this page and is gone when you leave or reload it. Calls are real: what they write is written."
          placeholder="odk_…"
          value={key}
          onChange={(value) => setKey(value.trim())}
        />
      </section>
      {children}
    </Key>
  );
}
