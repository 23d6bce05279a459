import { explain } from "@/app/explain";
import { i18n } from "@/i18n";
import { answered, rest } from "@/lib/api/rest";
import { call } from "@/lib/client/link";
import type { PresenceStatus } from "@/lib/protocol/documents";
import { now, store } from "@/lib/store/state";
import { toast } from "@/ui";

export const statuses: readonly PresenceStatus[] = ["online", "away", "busy", "offline"];

/** Shows this user's own status at once; what it was, to be put back. */
function show(status: PresenceStatus, text: string | undefined): () => void {
  const { me, presence } = store.getState();
  if (!me) return () => {};
  const before = presence.get(me._id);
  now((draft) => {
    draft.set("me", { ...me, statusDefault: status, statusText: text });
    draft.map("presence").set(me._id, { status, text: text || undefined });
  });
  return () =>
    now((draft) => {
      draft.set("me", me);
      if (before) draft.map("presence").set(me._id, before);
      else draft.map("presence").delete(me._id);
    });
}

/** Chooses a status; the text beside it stays. Says so if it failed. */
export async function chooseStatus(status: PresenceStatus): Promise<void> {
  const undo = show(status, store.getState().me?.statusText);
  try {
    await call("setUserStatus", status, null);
  } catch (thrown) {
    undo();
    toast({ kind: "danger", title: i18n.t("people.own.statusFailed"), description: explain(thrown) });
  }
}

/** Sets status and text, until a moment if one is given. Fails with a `CallError`. */
export async function setStatus(status: PresenceStatus, message: string, until: Date | undefined): Promise<void> {
  const undo = show(status, message);
  try {
    const expiresAt = until?.toISOString();
    await answered(rest.POST("/api/v1/users.setStatus", { body: { status, message, ...(expiresAt && { expiresAt }) } }));
  } catch (thrown) {
    undo();
    throw thrown;
  }
}
