import type { Message } from "@/lib/protocol/documents";
import { store } from "@/lib/store/state";
import { messagePath } from "./paths";

/** The address of a message for everybody: with the server's own name, where it has one. */
export function permalink(message: Message): string {
  const { rooms, subscriptions, settings } = store.getState();
  const site = settings.get("Site_Url");
  const origin = (typeof site === "string" && site ? site : location.origin).replace(/\/+$/, "");
  const room = subscriptions.get(message.rid) ?? rooms.get(message.rid) ?? { _id: message.rid, t: "c" as const };
  return origin + messagePath(room, message._id);
}
