/** Answers kept; the texts come from the page, and a hostile one must not make this grow. */
const AT_MOST = 2000;

/** `make`, worked out once for each text: headers and the words of a column repeat from row to row. Never undefined. */
export function remembered<T extends object | string | null>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let made = known.get(text);
    if (made === undefined) {
      made = make(text);
      if (known.size > AT_MOST) known.clear();
      known.set(text, made);
    }
    return made;
  };
}
