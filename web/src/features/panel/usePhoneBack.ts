import { useEffect } from "react";
import { closePanel, view } from "@/app/view";

const phone = () => matchMedia("(max-width: 639px)").matches;
/** Whether the history stands at an open panel. */
const marked = () => typeof history.state === "object" && history.state !== null && "panel" in history.state;

/** On a phone the panel covers the room, and the browser's way back closes it. */
export function usePhoneBack(rid: string, open: boolean): void {
  useEffect(() => {
    // Who enters a room wants to see the room.
    if (phone() && !marked()) closePanel(rid);
  }, [rid]);
  useEffect(() => {
    if (!open || !phone() || view.getState().panels[rid] === undefined) return;
    if (!marked()) history.pushState({ panel: true }, "");
    const back = () => closePanel(rid);
    addEventListener("popstate", back);
    return () => {
      removeEventListener("popstate", back);
      // Closed by a button: the step that was made for it is taken back. Who went elsewhere stays there.
      if (marked() && view.getState().panels[rid] === undefined) history.back();
    };
  }, [rid, open]);
}
