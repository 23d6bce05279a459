/** The way in: first run, log in, register. */
export function Entry() {
  return null;
}
