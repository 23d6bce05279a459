import { createRoot } from "react-dom/client";
import { App, loadFirst } from "@/app/App";
import { roomIn } from "@/app/paths";
import { followRenames } from "@/app/renames";
import { i18nReady } from "@/i18n";
import { startAppearance } from "@/app/appearance";
import { start } from "@/lib/client/session";
import { readSession } from "@/lib/store/local";
import "@/ui/tokens.css";
import "@/ui/base.css";
import "@/ui/forced-colors.css";

async function begin(root: HTMLElement) {
  // Words and what the last visit left are there in a few milliseconds: nothing is painted twice.
  await Promise.all([i18nReady, start(roomIn(location.pathname)), loadFirst(readSession() !== undefined)]);
  startAppearance();
  followRenames();
  createRoot(root).render(<App />);
  // What speaks while nobody looks need not be there for the first paint.
  void import("@/features/notify").then(({ startNotify }) => startNotify());
}

/** By then the first page is shown. */
const SETTLED = 5_000;

// The shell is there without a network, too; in development it would be in the way.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  // Later: while it installs and takes over, what the page asks for waits behind it.
  addEventListener("load", () => setTimeout(() => void navigator.serviceWorker.register("/sw.js").catch(() => {}), SETTLED));
}

const root = document.getElementById("root");
if (root) void begin(root);
