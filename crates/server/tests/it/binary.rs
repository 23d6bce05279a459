//! The program as a process of its own, for what only a process can show: kills, full disks, published clients.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Every account of the tests has it.
pub(crate) const PASSWORD: &str = "Horse-staple-9-battery";

/// A server that has said that it is ready. Killed when dropped.
pub(crate) struct Binary {
    child: Child,
    /// `http://127.0.0.1:<port>`.
    pub(crate) base: String,
}

impl Binary {
    /// Starts it on `data`, or on PostgreSQL at `database`, with an administrator `admin`.
    pub(crate) fn start(data: &Path, database: Option<&str>, flags: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gantry"));
        command.args(["--port", "0", "--address", "127.0.0.1", "--data"]).arg(data).args(flags).env_clear();
        command.envs([("ADMIN_USERNAME", "admin"), ("ADMIN_PASS", PASSWORD), ("ADMIN_EMAIL", "admin@example.org")]);
        command.envs(database.map(|url| ("DATABASE_URL", url)));
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.map_while(Result::ok).find_map(|line| port(&line));
        Self { child, base: format!("http://127.0.0.1:{}", port.expect("a line that says where to go")) }
    }

    /// Its number as a process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// `kill -9`.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Whether it is still there.
    pub(crate) fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Binary {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The port in the line that a server prints when it is ready.
pub(crate) fn port(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("http://localhost:")?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
