//! Published npm clients, unmodified, against the binary: they register, log in, make a group, chat live, and one of them
//! is removed and hears nothing more. The stories are in `tests/clients`.

use crate::world::PASSWORD;
use gantry_testkit::{Engine, both_databases, postgres, skip};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

fn clients() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients")
}

struct Process(Child, u16);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(folder: &Path, database: Option<&str>) -> Process {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gantry"));
    command.args(["--port", "0", "--address", "127.0.0.1"]).current_dir(folder).env_clear();
    command.envs([("ADMIN_USERNAME", "admin"), ("ADMIN_PASS", PASSWORD), ("ADMIN_EMAIL", "admin@example.org")]);
    command.envs(database.map(|url| ("DATABASE_URL", url)));
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let port = lines.map_while(Result::ok).find_map(|line| {
        let (_, rest) = line.split_once("http://localhost:")?;
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    });
    Process(child, port.expect("the server says where it listens"))
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
        let server = serve(folder.path(), database.as_ref().map(postgres::Database::url));
        for story in ["sdk.mjs", "ddp-client.mjs", "across.mjs"] {
            let output = tokio::process::Command::new("node").arg(story).current_dir(clients())
                .env("SERVER", format!("http://localhost:{}", server.1))
                .env("ADMIN_USERNAME", "admin").env("ADMIN_PASS", PASSWORD)
                .output().await.unwrap();
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{story}: {told}\n{}", String::from_utf8_lossy(&output.stdout));
        }
    }
}
