import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * A password's SHA-256, in hex: what proves that somebody knows it. The browser's own is there only on pages that came over
 * HTTPS, and many servers stand in a network of their own.
 */
export function digestOf(password: string): string {
  return bytesToHex(sha256(utf8ToBytes(password)));
}
