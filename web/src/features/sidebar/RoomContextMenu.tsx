import { type MouseEvent, type ReactElement, type TouchEvent, useState } from "react";
import { ContextMenu } from "@/ui";
import { useRoomMenu } from "./useRoomMenu";
import styles from "./Sidebar.module.css";

const ridAt = (target: EventTarget) => (target instanceof Element ? target.closest<HTMLElement>("[data-rid]")?.dataset.rid : undefined);

/** One menu for all rows: it is of the row that it was called on. */
export function RoomContextMenu({ children, onLeave }: { children: ReactElement; onLeave: (rid: string) => void }) {
  const [rid, setRid] = useState<string>();
  const items = useRoomMenu(rid, onLeave);
  const call = (event: MouseEvent | TouchEvent) => {
    const called = ridAt(event.target);
    if (called) setRid(called);
    // Between rows there is nothing to be done.
    else if (event.type === "contextmenu") event.stopPropagation();
  };
  return (
    <ContextMenu items={items}>
      <div className={styles.scroll} data-scroll onContextMenuCapture={call} onTouchStartCapture={call}>
        {children}
      </div>
    </ContextMenu>
  );
}
