// What is known of a person. Profiles are asked for one by one over REST, so they are kept for a while.

import { useCallback, useEffect, useState } from "react";
import { useWorkspace } from "@/app/store";
import { answered, rest } from "@/lib/api/rest";
import type { User } from "@/lib/protocol/documents";

const FRESH = 60_000;
const kept = new Map<string, { user: User; at: number }>();

export interface Profile {
  user: User | undefined;
  error: unknown;
  retry: () => void;
}

async function fetchProfile(username: string): Promise<User> {
  const { user } = await answered(rest.GET("/api/v1/users.info", { params: { query: { username } } }));
  const found = user as unknown as User;
  kept.set(username, { user: found, at: Date.now() });
  return found;
}

/** Asks anew the next time: something about the person was changed here. */
export function forgetProfile(username: string): void {
  kept.delete(username);
}

/** A person by user name; what was known is shown while it is asked for again. */
export function useProfile(username: string): Profile {
  const me = useWorkspace((state) => (state.me?.username === username ? state.me : undefined));
  const [loaded, setLoaded] = useState<{ username: string; user?: User; error?: unknown }>();
  const own = me !== undefined;
  const load = useCallback(() => {
    fetchProfile(username).then(
      (user) => setLoaded({ username, user }),
      (error: unknown) => setLoaded({ username, error }),
    );
  }, [username]);
  useEffect(() => {
    const known = kept.get(username);
    if (!own && !(known && Date.now() - known.at < FRESH)) load();
  }, [username, own, load]);
  const current = loaded?.username === username ? loaded : undefined;
  const retry = () => {
    setLoaded(undefined);
    load();
  };
  return { user: me ?? current?.user ?? kept.get(username)?.user, error: current?.error, retry };
}
