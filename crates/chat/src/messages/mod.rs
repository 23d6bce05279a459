//! Messages: sending, changing, reading back.

mod draft;
pub mod ephemeral;
mod mentions;
mod send;
pub(crate) mod system;

pub use draft::Draft;
pub use send::{Target, post, send};
