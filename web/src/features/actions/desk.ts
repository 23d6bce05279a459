// What is asked about a message, one at a time: shown by `MessageDialogs`, wherever it was asked from.

import { createStore, useStore } from "zustand";
import type { Message } from "@/lib/protocol/documents";

export type Question = { kind: "delete"; message: Message } | { kind: "react" | "menu"; message: Message; anchor: Element };

const desk = createStore<{ question: Question | undefined }>(() => ({ question: undefined }));

export function askAbout(question: Question): void {
  desk.setState({ question });
}

export function closeQuestion(): void {
  desk.setState({ question: undefined });
}

export function useQuestion(): Question | undefined {
  return useStore(desk, (state) => state.question);
}
