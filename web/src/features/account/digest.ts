// SHA-256 of a password. Browsers bring their own only for pages that came over HTTPS; many servers stand in a network of their own.

const PRIMES = 64;

/** The first 32 bits of the fraction of a root of the first primes: what the standard takes for its constants. */
function fractions(count: number, root: number): number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number += 1) {
    let prime = true;
    for (let by = 2; by * by <= number; by += 1) if (number % by === 0) prime = false;
    if (prime) found.push((number ** (1 / root) * 2 ** 32) | 0);
  }
  return found;
}

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by));

/** The message with its end marked, and its length in bits. */
function padded(bytes: Uint8Array): DataView {
  const blocks = (bytes.length + 9 + 63) >> 6;
  const data = new Uint8Array(blocks * 64);
  data.set(bytes);
  data[bytes.length] = 0x80;
  const view = new DataView(data.buffer);
  view.setUint32(data.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(data.length - 4, bytes.length << 3);
  return view;
}

function schedule(data: DataView, at: number): Int32Array {
  const words = new Int32Array(PRIMES);
  for (let i = 0; i < 16; i += 1) words[i] = data.getInt32(at + i * 4);
  const word = (i: number) => words[i] ?? 0;
  for (let i = 16; i < PRIMES; i += 1) {
    const [a, b] = [word(i - 15), word(i - 2)];
    const first = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const second = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    words[i] = word(i - 16) + first + word(i - 7) + second;
  }
  return words;
}

/** SHA-256 without the browser's help. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const constants = fractions(PRIMES, 3);
  const state = Int32Array.from(fractions(8, 2));
  const data = padded(bytes);
  for (let at = 0; at < data.byteLength; at += 64) {
    const words = schedule(data, at);
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < PRIMES; i += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (constants[i] ?? 0) + (words[i] ?? 0)) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = (state[i] ?? 0) + word));
  }
  const result = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => result.setInt32(i * 4, word));
  return new Uint8Array(result.buffer);
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A password's digest, in hex: what proves that somebody knows it. */
export async function proofOf(password: string): Promise<string> {
  const bytes = new TextEncoder().encode(password);
  if (!globalThis.crypto.subtle) return hex(sha256(bytes));
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}
