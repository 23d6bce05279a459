//! The operations: who may do what, what changes, which events follow.
