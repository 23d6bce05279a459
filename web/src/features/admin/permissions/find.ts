import type { Permission } from "@/lib/protocol/documents";
import { find } from "../search/find";
import { explained } from "./words";

const sought = (item: Permission) => ({ item, title: explained(item._id), also: item._id });

/** Permissions by what they allow and by their ids; all, in the order of their ids, where nothing is sought. */
export function findPermissions(all: Iterable<Permission>, text: string): Permission[] {
  const list = [...all];
  if (!text.trim()) return list.toSorted((a, b) => a._id.localeCompare(b._id));
  const hits = new Set(find(list.map(sought), text, list.length));
  return [...hits];
}
