export type Tried =
  | { kind: 'answered'; status: string; milliseconds: number; headers: string; body: string; isCut: boolean }
  | { kind: 'failed'; message: string };

/** What is shown of an answer at most; the rest is not even read. */
const MOST_CHARACTERS = 100_000;

/** Makes a call of this portal with a key and nothing else: no cookie goes along. */
export async function tryRequest(call: {
  method: string;
  target: string | null;
  headers: Record<string, string>;
  key: string | null;
  body: string;
}): Promise<Tried> {
  const { method, target, key, body } = call;
  if (target === null) return { kind: 'failed', message: 'This path leads out of the operation.' };
  const hasBody = body !== '' && method !== 'GET' && method !== 'HEAD';
  const began = performance.now();
  try {
    const answer = await fetch(target, {
      method,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      headers: {
        ...call.headers,
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(hasBody ? { body } : {}),
    });
    const { text, isCut } = await readBeginning(answer);
    return {
      kind: 'answered',
      status: `${answer.status} ${answer.statusText}`.trim(),
      milliseconds: Math.round(performance.now() - began),
      headers: [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n'),
      body: isCut ? text : indented(text),
      isCut,
    };
  } catch {
    return { kind: 'failed', message: 'No answer came, or it broke off. Is a header or the path unusual?' };
  }
}

async function readBeginning(answer: Response): Promise<{ text: string; isCut: boolean }> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) return { text, isCut: false };
    text += piece.value;
    if (text.length <= MOST_CHARACTERS) continue;
    await reader?.cancel();
    return { text: text.slice(0, MOST_CHARACTERS), isCut: true };
  }
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
