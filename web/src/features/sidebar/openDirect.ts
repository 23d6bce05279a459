import { roomPath } from "@/app/paths";
import { call } from "@/lib/client/link";
import { refused } from "./acts";

/** Opens the conversation with these people, made if it is not there. */
export async function openDirect(usernames: readonly string[], go: (path: string) => void): Promise<void> {
  try {
    const { rid } = await call("createDirectMessage", ...usernames);
    go(roomPath({ _id: rid, t: "d" }));
  } catch (thrown) {
    refused(thrown);
  }
}
