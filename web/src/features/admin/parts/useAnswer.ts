import { useCallback, useEffect, useRef, useState } from "react";
import { asCallError, type CallError } from "@/lib/ddp/errors";

export interface Answer<T> {
  /** The last answer; it stays while another is on its way. */
  data: T | undefined;
  error: CallError | undefined;
  loading: boolean;
  /** Asks anew. */
  again: () => void;
  /** Puts what is known better than the last answer. */
  put: (data: T) => void;
}

interface State<T> {
  /** Which question was answered. */
  of?: () => Promise<T>;
  data?: T;
  error?: CallError;
}

/** Asks the server for something, anew when `ask` is another function. */
export function useAnswer<T>(ask: () => Promise<T>): Answer<T> {
  const [state, setState] = useState<State<T>>({});
  const turn = useRef(0);
  const again = useCallback(() => {
    const mine = ++turn.current;
    const current = () => mine === turn.current;
    ask().then(
      (data) => current() && setState({ of: ask, data }),
      (thrown: unknown) => current() && setState(({ data }) => ({ of: ask, data, error: asCallError(thrown) })),
    );
  }, [ask]);
  useEffect(() => {
    again();
    return () => {
      turn.current += 1;
    };
  }, [again]);
  const put = useCallback((data: T) => setState(({ of }) => ({ of, data })), []);
  return { data: state.data, error: state.error, loading: state.of !== ask, again, put };
}
