import { Toast } from "@base-ui/react/toast";

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

/** Filled from anywhere, shown by `Toaster`. */
export const toasts = Toast.createToastManager();

/** Tells what happened out of sight; what happened in sight needs no telling. Returns its id. */
export function toast({ title, description, kind = "info", action, timeout, id }: ToastOptions): string {
  const made = toasts.add({
    id,
    title,
    description,
    type: kind,
    priority: kind === "danger" ? "high" : "low",
    timeout: timeout ?? (kind === "danger" || action ? 10_000 : 5_000),
    actionProps: action && {
      children: action.label,
      onClick: () => {
        action.onAction();
        toasts.close(made);
      },
    },
  });
  return made;
}

export function closeToast(id: string): void {
  toasts.close(id);
}
