//! The derives that endpoint rows and documents need.
