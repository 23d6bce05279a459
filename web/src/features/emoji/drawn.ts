// Which emoji this system can draw: fonts are years behind, and an empty square is no choice.

import type { Table } from "./table";

const SIDE = 24;

/** Whether a character comes out in colours, as no letter and no empty square does; what cannot be asked is believed. */
function isDrawn(pen: CanvasRenderingContext2D, char: string): boolean {
  pen.clearRect(0, 0, SIDE, SIDE);
  pen.fillText(char, 0, 0);
  const { data } = pen.getImageData(0, 0, SIDE, SIDE);
  return data.some((value, at) => at % 4 !== 3 && value > 0);
}

function makePen(): CanvasRenderingContext2D | null {
  if (typeof document === "undefined") return null;
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return null;
  pen.font = `${SIDE - 4}px ${getComputedStyle(document.documentElement).getPropertyValue("--emoji") || "sans-serif"}`;
  pen.textBaseline = "top";
  pen.fillStyle = "#000";
  return pen;
}

/** The table without what would be offered in vain. One emoji speaks for all of its year. */
export function onlyDrawn(table: Table): Table {
  const pen = makePen();
  if (!pen) return table;
  const years = new Map<number, boolean>();
  const drawn = ({ char, since }: { char: string; since: number }) => {
    if (since === 0) return true;
    const known = years.get(since) ?? isDrawn(pen, char);
    years.set(since, known);
    return known;
  };
  return { ...table, groups: table.groups.map((group) => ({ ...group, emoji: group.emoji.filter(drawn) })) };
}
