/** Why a call failed: what the server said, or that it could not be asked. */
export class CallError extends Error {
  constructor(
    /** The protocol's id of the error, `error-not-allowed` for example; `offline` and `lost` are this client's own. */
    readonly id: string,
    message: string,
    readonly details?: Record<string, unknown>,
  ) {
    super(message);
    this.name = "CallError";
  }

  /** Whether the call may have failed for the connection alone, so that it is worth trying again. */
  get transient(): boolean {
    return this.id === "offline" || this.id === "lost" || this.id === "too-many-requests" || this.id === "500";
  }
}

interface WireError {
  error?: string | number;
  reason?: string;
  message?: string;
  details?: unknown;
}

/** What a `result` or `nosub` says went wrong. */
export function readError(wire: WireError): CallError {
  const details = typeof wire.details === "object" && wire.details !== null ? (wire.details as Record<string, unknown>) : undefined;
  return new CallError(String(wire.error ?? "500"), wire.reason ?? wire.message ?? "", details);
}

/** A failure as one error type, whatever was thrown. */
export function asCallError(thrown: unknown): CallError {
  if (thrown instanceof CallError) return thrown;
  return new CallError("unexpected", thrown instanceof Error ? thrown.message : String(thrown));
}
