import { useEffect, useState } from "react";
import type { TableSort } from "@/ui";

/** How many rows a page of a list has. */
export const SIZE = 50;

/** A list's place: what is sought, the order, the page. Whatever changes but the page leads back to the first one. */
export function usePage(initial: TableSort, asked: string, filters: string) {
  const [text, write] = useState(asked);
  const [sort, setSort] = useState(initial);
  const sought = useSettled(text.trim());
  const key = `${sought}\n${filters}\n${sort.key}${sort.direction}`;
  const [place, setPlace] = useState({ key, offset: 0 });
  return {
    text,
    write,
    sought,
    sort,
    setSort,
    offset: place.key === key ? place.offset : 0,
    move: (offset: number) => setPlace({ key, offset }),
    order: JSON.stringify({ [sort.key]: sort.direction === "ascending" ? 1 : -1 }),
  };
}

/** How long a typed text must stand before the server is asked: it answers ten times a minute. */
const STILL = 300;

function useSettled(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), STILL);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
