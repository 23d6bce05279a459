import type { Message } from "@/lib/protocol/documents";
import { millis } from "@/lib/store/moments";

/** More at once are not read out: who was away reads them. */
const MOST = 5;

/** What others wrote after `before`, which was the newest; the last few of it. */
export function arrived(messages: readonly Message[], before: Message, self: string | undefined): Message[] {
  const found: Message[] = [];
  for (let place = messages.length - 1; place >= 0 && found.length < MOST; place -= 1) {
    const message = messages[place];
    if (!message || message._id === before._id || millis(message.ts) <= millis(before.ts)) break;
    if (message.u._id !== self) found.unshift(message);
  }
  return found;
}
