import { useCallback, useEffect, useState } from "react";
import { answered, rest } from "@/lib/api/rest";
import type { Moment } from "@/lib/protocol/documents";

/** A token that somebody made for a program. The secret itself is shown once, and known to nobody afterwards. */
export interface PersonalToken {
  name: string;
  createdAt: Moment;
  lastTokenPart: string;
  bypassTwoFactor: boolean;
}

export interface TokenList {
  tokens: readonly PersonalToken[] | undefined;
  error: unknown;
  reload: () => Promise<void>;
}

export function useTokens(): TokenList {
  const [tokens, setTokens] = useState<readonly PersonalToken[]>();
  const [error, setError] = useState<unknown>();
  const reload = useCallback(async () => {
    try {
      const answer = await answered(rest.GET("/api/v1/users.getPersonalAccessTokens"));
      setTokens((answer.tokens ?? []) as unknown as PersonalToken[]);
      setError(undefined);
    } catch (thrown) {
      setError(thrown);
    }
  }, []);
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- only after the answer
    void reload();
  }, [reload]);
  return { tokens, error, reload };
}
