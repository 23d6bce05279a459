//! How methods are declared.

use super::Outcome;
use super::params::Params;
use gantry_chat::{Caller, Chat, Origin};
use gantry_model::Error;
use serde_json::Value;
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;

/// Who calls, and where.
pub(super) struct Visit {
    pub(super) chat: Chat,
    pub(super) caller: Option<Caller>,
    pub(super) origin: Arc<Origin>,
}

/// A method, its types erased.
pub(super) type Run = Box<dyn Fn(Visit, Vec<Value>) -> Pin<Box<dyn Future<Output = Outcome> + Send>> + Send + Sync>;

/// All methods by name.
#[derive(Default)]
pub(super) struct Table(HashMap<&'static str, Method>);

pub(super) struct Method {
    pub(super) run: Run,
    /// A second factor is asked for before it runs.
    pub(super) asks_factor: bool,
}

/// What the builder's methods change of the method just added.
pub(super) struct Added<'a>(&'a mut Method);

impl Added<'_> {
    /// Asks for a second factor.
    pub(super) fn two_factor(self) {
        self.0.asks_factor = true;
    }
}

impl Table {
    /// Adds a method that anybody may call.
    pub(super) fn anyone<P, F>(
        &mut self,
        name: &'static str,
        method: impl Fn(Visit, P) -> F + Copy + Send + Sync + 'static,
    ) -> Added<'_>
    where
        P: Params + Send + 'static,
        F: Future<Output = Outcome> + Send + 'static,
    {
        let run: Run = Box::new(move |visit, params| {
            Box::pin(async move {
                let params = P::read(params).ok_or_else(mismatch)?;
                method(visit, params).await
            })
        });
        let entry = self.0.entry(name);
        Added(entry.insert_entry(Method { run, asks_factor: false }).into_mut())
    }

    /// Adds a method for who is logged in; for others it fails with `error-invalid-user`.
    pub(super) fn add<P, F>(
        &mut self,
        name: &'static str,
        method: impl Fn(Caller, P) -> F + Copy + Send + Sync + 'static,
    ) -> Added<'_>
    where
        P: Params + Send + 'static,
        F: Future<Output = Outcome> + Send + 'static,
    {
        self.anyone(name, move |visit: Visit, params: P| async move {
            let caller = visit.caller.ok_or_else(|| Error::invalid_user(name))?;
            method(caller, params).await
        })
    }

    pub(super) fn find(&self, name: &str) -> Option<&Method> {
        self.0.get(name)
    }

    /// All names, sorted.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.0.keys().copied().collect();
        names.sort_unstable();
        names
    }

    /// The name as it stands in the table.
    pub(super) fn name(&self, name: &str) -> Option<&'static str> {
        self.0.get_key_value(name).map(|(name, _)| *name)
    }
}

/// Parameters of the wrong types.
pub(super) fn mismatch() -> Error {
    Error::numbered(400, "Match failed")
}
