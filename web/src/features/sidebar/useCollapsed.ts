import { useCallback, useState } from "react";
import { readJson, writeJson } from "@/lib/store/local";
import type { SectionId } from "./sections";

const KEPT = "gantry.sidebar";

/** Folded sections; kept over visits. */
export function useCollapsed(): [ReadonlySet<SectionId>, (id: SectionId) => void] {
  const [collapsed, set] = useState<ReadonlySet<SectionId>>(() => new Set(readJson<SectionId[]>(KEPT) ?? []));
  const toggle = useCallback((id: SectionId) => {
    set((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      writeJson(KEPT, [...next]);
      return next;
    });
  }, []);
  return [collapsed, toggle];
}
