//! DDP over WebSocket: connection, methods, streams, fan-out.
