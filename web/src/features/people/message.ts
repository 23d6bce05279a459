import { roomPath } from "@/app/paths";
import { call } from "@/lib/client/link";

/** The page of the conversation with somebody, which is begun if there is none. */
export async function messageTo(username: string): Promise<string> {
  const { rid } = await call("createDirectMessage", username);
  return roomPath({ _id: rid, t: "d" });
}
