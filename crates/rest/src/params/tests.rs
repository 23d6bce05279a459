//! What the parts promise, and what they make of what clients really send.

mod ajv;
mod derive;
mod sources;
