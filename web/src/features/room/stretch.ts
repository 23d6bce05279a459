// Which of the known messages are in the page. Rooms are long, pages are not: some hundred around what is looked at.

/** From a message, to a message or the end. */
export interface Stretch {
  first: string | undefined;
  /** Nothing: up to the newest, whatever comes. */
  last: string | undefined;
}

/** About as many as fill the window; what is beyond is put in once they are shown, and at once where they do not fill it. */
export const FIRST = Math.ceil((globalThis.innerHeight ?? 800) / 40);
export const STEP = 40;
export const MOST = 160;

type Ids = readonly { _id: string }[];

const placeOf = (all: Ids, id: string | undefined) => (id === undefined ? -1 : all.findIndex((one) => one._id === id));

/** The places that a stretch stands for; what it names may have been let go at either end meanwhile. */
export function bounds(all: Ids, stretch: Stretch): [from: number, to: number] {
  const first = placeOf(all, stretch.first);
  const last = placeOf(all, stretch.last);
  const to = last !== -1 ? last + 1 : stretch.last !== undefined && first !== -1 ? Math.min(all.length, first + MOST) : all.length;
  const from = first === -1 || first >= to ? Math.max(0, to - FIRST) : first;
  return [from, to];
}

/** The stretch moved towards the older, as far as is known. `present`: whether what is known reaches the present. */
export function older(all: Ids, stretch: Stretch, present: boolean): Stretch {
  const [from, to] = bounds(all, stretch);
  const start = Math.max(0, from - STEP);
  return named(all, start, Math.min(to, start + MOST), present);
}

/** The stretch moved towards the newer, as far as is known. */
export function newer(all: Ids, stretch: Stretch, present: boolean): Stretch {
  const [from, to] = bounds(all, stretch);
  const end = Math.min(all.length, to + STEP);
  return named(all, Math.max(from, end - MOST), end, present);
}

/** The stretch around a message. */
export function around(all: Ids, id: string): Stretch {
  const place = placeOf(all, id);
  return place === -1 ? tail : named(all, Math.max(0, place - STEP), Math.min(all.length, place + STEP), false);
}

/** The same, with the beginning held where it is: what comes at the end moves nothing above it. */
export function held(all: Ids, stretch: Stretch): Stretch {
  const [from] = bounds(all, stretch);
  return stretch.first === undefined && from > 0 ? { ...stretch, first: all[from]?._id } : stretch;
}

/** The newest. */
export const tail: Stretch = { first: undefined, last: undefined };

/** The newest of them, where so many have come that a page is slow to draw: enough to look back a little. */
export function latest(all: Ids): Stretch {
  return { first: all[Math.max(0, all.length - FIRST - STEP)]?._id, last: undefined };
}

function named(all: Ids, from: number, to: number, present: boolean): Stretch {
  return { first: all[from]?._id, last: present && to >= all.length ? undefined : all[to - 1]?._id };
}
