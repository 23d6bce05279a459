//! The two spellings of one document.
//!
//! REST and DDP send the same documents and differ only in how an instant is written. A document is
//! therefore one type; which wire it is written for is set for the length of one serialisation.

use serde::Serialize;
use serde_json::value::RawValue;
use std::cell::Cell;

/// How instants are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wire {
    /// ISO text.
    Rest,
    /// EJSON, `{"$date": ms}`; also inside `method.call` answers.
    Ddp,
}

thread_local! {
    static CURRENT: Cell<Wire> = const { Cell::new(Wire::Rest) };
}

/// The wire being written on this thread.
pub fn current() -> Wire {
    CURRENT.get()
}

/// Runs `write` with `wire` as the current one and puts the former back, also after a panic.
pub fn with<T>(wire: Wire, write: impl FnOnce() -> T) -> T {
    struct Restore(Wire);
    impl Drop for Restore {
        fn drop(&mut self) {
            CURRENT.set(self.0);
        }
    }
    let _restore = Restore(CURRENT.replace(wire));
    write()
}

/// `value` as JSON text for `wire`.
///
/// Documents have text keys and no failing serialisers, so this cannot fail; if one ever did, the text is `null`.
pub fn to_string<T: Serialize + ?Sized>(wire: Wire, value: &T) -> String {
    with(wire, || serde_json::to_string(value)).unwrap_or_else(|_| "null".into())
}

/// `value` as JSON text that other documents can hold and that is written again as it stands.
pub fn raw<T: Serialize + ?Sized>(wire: Wire, value: &T) -> Box<RawValue> {
    with(wire, || serde_json::value::to_raw_value(value)).unwrap_or_else(|_| RawValue::NULL.to_owned())
}
