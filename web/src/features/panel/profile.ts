import { openPanel } from "@/app/view";

/** Shows who somebody is, beside a room. */
export function openProfile(rid: string, username: string): void {
  openPanel(rid, { kind: "profile", username });
}
