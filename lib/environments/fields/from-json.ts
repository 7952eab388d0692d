/** What an HTML form sends as JSON; text that is none stays text, for the schema behind to refuse. */
export function fromJson(text: string, whenEmpty: unknown): unknown {
  if (text === '') return whenEmpty;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
