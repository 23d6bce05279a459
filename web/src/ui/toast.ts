import { createStore } from "zustand/vanilla";

export interface ToastOptions {
  title: string;
  description?: string;
  kind?: "info" | "success" | "danger";
  /** "Undo", "Retry": closes the toast when pressed. */
  action?: { label: string; onAction: () => void };
  /** Milliseconds; 0 stays until closed. Errors stay longer, and those with an action too. */
  timeout?: number;
  /** A toast of the same id is replaced. */
  id?: string;
}

export interface Notice extends ToastOptions {
  id: string;
  timeout: number;
}

/** More than these at once nobody reads: the oldest goes. */
const most = 3;

/** Filled from anywhere, shown by `Toaster`; the newest last. */
export const toasts = createStore<readonly Notice[]>(() => []);

let made = 0;

/** Tells what happened out of sight; what happened in sight needs no telling. Returns its id. */
export function toast(options: ToastOptions): string {
  const id = options.id ?? `toast-${++made}`;
  const timeout = options.timeout ?? (options.kind === "danger" || options.action ? 10_000 : 5_000);
  toasts.setState((shown) => [...shown.filter((one) => one.id !== id), { ...options, id, timeout }].slice(-most), true);
  return id;
}

export function closeToast(id: string): void {
  toasts.setState((shown) => shown.filter((one) => one.id !== id), true);
}
