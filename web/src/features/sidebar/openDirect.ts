import { messageTo } from "@/features/people";
import { refused } from "./acts";

/** Opens the conversation with somebody, made if it is not there. */
export async function openDirect(username: string, go: (path: string) => void): Promise<void> {
  try {
    go(await messageTo(username));
  } catch (thrown) {
    refused(thrown);
  }
}
