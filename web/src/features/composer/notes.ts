// What the composer of a room has to say about what was sent from it, said where it was sent.

import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

export interface Note {
  text: string;
  detail?: string;
  action?: { label: string; run(): void };
  /** Stays while something else is written. */
  stays?: boolean;
}

const notes = createStore<Readonly<Record<string, Note>>>(() => ({}));

export function sayNote(rid: string, note: Note): void {
  notes.setState({ [rid]: note });
}

export function dropNote(rid: string): void {
  const { [rid]: note, ...others } = notes.getState();
  if (note) notes.setState(others, true);
}

/** What was written is another text by now. */
export function dropPassingNote(rid: string): void {
  if (notes.getState()[rid]?.stays !== true) dropNote(rid);
}

export function useNote(rid: string): Note | undefined {
  return useStore(notes, (all) => all[rid]);
}
