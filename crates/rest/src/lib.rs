//! The REST API: endpoint rows, dispatch, envelopes.

pub mod page;
pub mod params;
