//! What cargo knows about the workspace.

use serde::Deserialize;
use std::process::Command;

#[derive(Deserialize)]
pub(super) struct Metadata {
    pub(super) packages: Vec<Package>,
    workspace_members: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Package {
    id: String,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) license: Option<String>,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `dev` or `build`; an ordinary dependency has none.
    kind: Option<String>,
}

impl Metadata {
    pub(super) fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| self.workspace_members.contains(&package.id))
    }
}

impl Package {
    /// What the crate itself uses; its tests may use more.
    pub(super) fn used(&self) -> impl Iterator<Item = &str> {
        let real = self.dependencies.iter().filter(|dependency| dependency.kind.as_deref() != Some("dev"));
        real.map(|dependency| dependency.name.as_str())
    }
}

/// Only for this machine's platform: packages of others need not have been downloaded.
pub(super) fn metadata() -> Metadata {
    let arguments = ["metadata", "--format-version", "1", "--offline", "--filter-platform", &host()];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn host() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}
