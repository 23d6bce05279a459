const LETTERS = "23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz";

/** A new id in the protocol's form: 17 characters that cannot be mistaken for one another. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(17));
  return Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join("");
}
