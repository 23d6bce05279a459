import { useWorkspace } from "@/app/store";
import { standing } from "@/lib/store/rules";
import { Closed, Guest } from "./Closed";
import styles from "./Composer.module.css";
import { Editor } from "./Editor";

/** Where a room is written in, or why not. */
export function Composer({ rid }: { rid: string }) {
  const how = useWorkspace((state) => standing(state, rid));
  const inSync = useWorkspace((state) => state.inSync);
  return (
    <div className={styles.place}>
      {how === "open" ? <Editor key={rid} rid={rid} /> : null}
      {/* Before the lists are there nobody knows that this user is a stranger. */}
      {how === "guest" && inSync ? <Guest key={rid} rid={rid} /> : null}
      {how !== "open" && how !== "guest" ? <Closed standing={how} /> : null}
    </div>
  );
}
