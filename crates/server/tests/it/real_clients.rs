//! Published clients, unmodified, against the binary: they log in, chat live in a group, and one of them is removed and
//! hears nothing more. The stories are in `tests/clients`.

use crate::binary::Binary;
use crate::world::PASSWORD;
use gantry_testkit::{Engine, both_databases, postgres, skip};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::process::Command;

fn clients() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients")
}

async fn npm_is_ready() -> bool {
    let node = Command::new("node").arg("--version").stdout(Stdio::null()).status().await;
    if !node.is_ok_and(|status| status.success()) {
        skip("node", "Node.js runs the published clients");
        return false;
    }
    if !clients().join("node_modules/sockjs-client").is_dir() {
        skip("npm", "npm ci in tests/clients installs the published clients");
        return false;
    }
    true
}

/// The Python that has the published client.
async fn python() -> Option<PathBuf> {
    let python = clients().join(".venv/bin/python");
    let there = Command::new(&python).args(["-c", "import rocketchat_async"]).stderr(Stdio::null()).status().await;
    if there.is_ok_and(|status| status.success()) {
        return Some(python);
    }
    skip("python", "python3 -m venv .venv and .venv/bin/pip install -r requirements.txt in tests/clients install it");
    None
}

/// The binary on one of the databases, and what goes with it.
struct World {
    server: Binary,
    _folder: tempfile::TempDir,
    _database: Option<postgres::Database>,
}

async fn world(engine: Engine) -> Option<World> {
    let folder = tempfile::tempdir().unwrap();
    let database = match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some(postgres::database(async |_| {}).await?),
    };
    let server = Binary::start(folder.path(), database.as_ref().map(postgres::Database::url), &[]);
    Some(World { server, _folder: folder, _database: database })
}

/// Has a story told to its end.
async fn tell(world: &World, program: impl AsRef<Path>, story: &[&str]) {
    let output = Command::new(program.as_ref())
        .args(story)
        .current_dir(clients())
        .env("SERVER", &world.server.base)
        .env("ADMIN_USERNAME", "admin")
        .env("ADMIN_PASS", PASSWORD)
        .output()
        .await
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{story:?}: {told}\n{}", String::from_utf8_lossy(&output.stdout));
}

both_databases! {
    async fn published_clients_chat(engine: Engine) {
        if npm_is_ready().await && let Some(world) = world(engine).await {
            for story in ["sdk.mjs", "ddp-client.mjs", "across.mjs", "simpleddp.mjs"] {
                tell(&world, "node", &[story]).await;
            }
        }
    }

    async fn sockjs_client_chats_by_every_transport(engine: Engine) {
        if npm_is_ready().await && let Some(world) = world(engine).await {
            for transport in ["websocket", "xhr-streaming", "xhr-polling", "eventsource"] {
                tell(&world, "node", &["sockjs.mjs", transport]).await;
            }
            tell(&world, "node", &["iframe.mjs"]).await;
        }
    }

    async fn a_python_client_chats(engine: Engine) {
        if let Some(python) = python().await && let Some(world) = world(engine).await {
            tell(&world, python, &["rocketchat_async_story.py"]).await;
        }
    }
}
