const NAME = /^[A-Za-z]\w{0,79}$/;

/** Whether a text is an API name or a path of up to five parents and a field, such as `Owner.Manager.Name`. */
export function isFieldPath(text: string): boolean {
  const names = text.split('.');
  return names.length <= 6 && names.every((name) => NAME.test(name));
}
