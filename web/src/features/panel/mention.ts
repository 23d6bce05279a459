/** What asks the composer of a room to put a text where its cursor is. */
export interface InsertText {
  rid: string;
  text: string;
}

/** Writes a mention into what is being written in a room. */
export function mentionIn(rid: string, username: string): void {
  const detail: InsertText = { rid, text: `@${username} ` };
  dispatchEvent(new CustomEvent("gantry:insert", { detail }));
}
