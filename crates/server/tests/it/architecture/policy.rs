//! What `deny.toml` says about dependencies.

use serde::Deserialize;
use std::fs;
use std::path::Path;

#[derive(Deserialize)]
pub(super) struct Policy {
    pub(super) licenses: Licences,
    pub(super) bans: Bans,
}

#[derive(Deserialize)]
pub(super) struct Licences {
    pub(super) allow: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Bans {
    pub(super) deny: Vec<Ban>,
}

#[derive(Deserialize)]
pub(super) struct Ban {
    #[serde(rename = "crate")]
    pub(super) name: String,
    pub(super) reason: String,
}

impl Policy {
    pub(super) fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deny.toml");
        toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    }
}
