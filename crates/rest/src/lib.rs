//! The REST API: endpoint rows, dispatch, envelopes.
