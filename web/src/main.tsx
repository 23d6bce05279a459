import { createRoot } from "react-dom/client";
import { App, loadFirst } from "@/app/App";
import { roomIn } from "@/app/paths";
import { followRenames } from "@/app/renames";
import { i18nReady } from "@/i18n";
import { startAppearance } from "@/app/appearance";
import { start } from "@/lib/client/session";
import { readSession } from "@/lib/store/local";
import { type State, store } from "@/lib/store/state";
import "@/ui/tokens.css";
import "@/ui/base.css";
import "@/ui/forced-colors.css";
import "@/ui/first.css";

/** So long is waited for the server's lists, in ms: what is drawn before them is drawn twice. The page shows its shape meanwhile. */
const PATIENCE = 3_000;

const enough = ({ session, ready, link }: State) => !session || ready || link.at === "waiting";

function listsThere(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, PATIENCE);
    const end = store.subscribe((state) => enough(state) && done());
    function done() {
      clearTimeout(timer);
      end();
      resolve();
    }
    if (enough(store.getState())) done();
  });
}

async function begin(root: HTMLElement) {
  // Words and what the last visit left are there in a few milliseconds: nothing is painted twice.
  await Promise.all([i18nReady, start(roomIn(location.pathname)), loadFirst(readSession() !== undefined)]);
  await listsThere();
  startAppearance();
  followRenames();
  createRoot(root).render(<App />);
  setTimeout(speak, RESTED);
}

/** What speaks while nobody looks: it need not be there for the first paint, but has to come. */
function speak(): void {
  void import("@/features/notify").then(
    ({ startNotify }) => startNotify(),
    () => setTimeout(speak, SETTLED),
  );
}

/** By then the first page is shown, and then what it does next is done, too; in ms. */
const [RESTED, SETTLED] = [1_000, 5_000];

// The shell is there without a network, too; in development it would be in the way.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  // Later: while it installs and takes over, what the page asks for waits behind it.
  addEventListener("load", () => setTimeout(() => void navigator.serviceWorker.register("/sw.js").catch(() => {}), SETTLED));
}

const root = document.getElementById("root");
// Not from within the evaluation of all this: who looks for where a call came from would read it all again.
if (root) queueMicrotask(() => void begin(root));
