import { useRef, useState } from "react";
import { useTranslation } from "@/i18n";
import { store } from "@/lib/store/state";
import { type Failure, failureOf } from "./failures";

const PATIENCE = 5_000;

const open = () => store.getState().link.at === "open";

/** Waits a little for the connection: a form may be sent before it is there. */
function connected(): Promise<void> {
  return new Promise((resolve) => {
    if (open()) return resolve();
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(done, PATIENCE);
    const stop = store.subscribe(() => open() && done());
  });
}

/** One form's way to the server: busy while it is on its way, and what came back if it failed. */
export function useSubmit() {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const under = useRef(false);
  const submit = async (act: () => Promise<void>) => {
    // Two presses of Enter are one.
    if (under.current) return;
    under.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      await connected();
      await act();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    } finally {
      under.current = false;
      setBusy(false);
    }
  };
  const say = (field?: Failure["field"]) =>
    failure && failure.field === field ? t(`entry.errors.${failure.key}`, { count: failure.count, text: failure.text }) : undefined;
  /** What was refused is being changed: it is not known to be wrong any more. */
  const clear = () => failure && setFailure(undefined);
  return { busy, failure, submit, clear, say };
}
