//! Published npm clients, unmodified, against the binary: they register, log in, make a group, chat live, and one of them
//! is removed and hears nothing more. The stories are in `tests/clients`.

use crate::binary::Binary;
use crate::world::PASSWORD;
use gantry_testkit::{Engine, both_databases, postgres, skip};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn clients() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients")
}

fn ready() -> bool {
    let node = Command::new("node").arg("--version").stdout(Stdio::null()).status();
    if !node.is_ok_and(|status| status.success()) {
        skip("node", "Node.js runs the published clients");
        return false;
    }
    if !clients().join("node_modules").is_dir() {
        skip("npm", "npm ci in tests/clients installs the published clients");
        return false;
    }
    true
}

both_databases! {
    async fn published_clients_chat(engine: Engine) {
        if !ready() {
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => match postgres::database(async |_| {}).await {
                Some(database) => Some(database),
                None => return,
            },
        };
        let server = Binary::start(folder.path(), database.as_ref().map(postgres::Database::url), &[]);
        for story in ["sdk.mjs", "ddp-client.mjs", "across.mjs"] {
            let output = tokio::process::Command::new("node").arg(story).current_dir(clients())
                .env("SERVER", &server.base)
                .env("ADMIN_USERNAME", "admin").env("ADMIN_PASS", PASSWORD)
                .output().await.unwrap();
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{story}: {told}\n{}", String::from_utf8_lossy(&output.stdout));
        }
    }
}
