//! A server process and its folder.

use super::installation::Installation;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

/// How long a server may take to come up or go down.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether the server forces its writes to the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// It does not: fast, and right for a server that is never expected to survive.
    Off,
    /// It does, as in production.
    Full,
}

/// A PostgreSQL server that belongs to one test: it may be stopped, killed and started again.
///
/// Reached through a socket in a temporary folder, so no port is taken; dropped with everything in it.
#[derive(Debug)]
pub struct Server {
    installation: Installation,
    folder: TempDir,
    durability: Durability,
    process: Option<Child>,
}

impl Server {
    /// Makes a server and starts it; `None` where PostgreSQL is not installed and the test was noted as skipped.
    pub async fn start(durability: Durability) -> Option<Self> {
        let installation = installed()?;
        let folder = tempfile::Builder::new().prefix("gantry-pg-").tempdir().expect("a temporary folder");
        initialise(&installation, folder.path()).expect("initdb succeeds");
        let mut server = Self { installation, folder, durability, process: None };
        server.resume().await;
        Some(server)
    }

    /// Starts the server again after [`stop`](Self::stop) or [`kill`](Self::kill) and waits until it answers.
    pub async fn resume(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        // After a kill the former server's children may hold its memory for a moment; the new one then gives up.
        while self.process.is_none() {
            let process = launch(&mut self.command()).expect("postgres can be run");
            self.process = answers(self.folder.path(), process).await;
            assert!(self.process.is_some() || Instant::now() < deadline, "{}", log(self.folder.path()));
        }
    }

    /// Stops the server in an orderly way: clients are disconnected, everything is written.
    pub fn stop(&mut self) {
        self.end(rustix::process::Signal::INT);
    }

    /// Kills the server's main process, as `kill -9` does.
    pub fn kill(&mut self) {
        self.end(rustix::process::Signal::KILL);
    }

    /// The URL of a database on this server; `postgres` is there from the start.
    pub fn url(&self, database: &str) -> String {
        url(self.folder.path(), database)
    }

    fn command(&self) -> Command {
        let mut command = self.installation.command("postgres", self.folder.path());
        command.args(arguments(self.folder.path(), self.durability));
        command
    }

    fn end(&mut self, signal: rustix::process::Signal) {
        let Some(mut process) = self.process.take() else { return };
        let id = i32::try_from(process.id()).ok().and_then(rustix::process::Pid::from_raw).expect("a process id");
        rustix::process::kill_process(id, signal).expect("the server is ours");
        process.wait().expect("the server is ours");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end(rustix::process::Signal::QUIT);
    }
}

/// The installation, or the running test noted as skipped.
pub(super) fn installed() -> Option<Installation> {
    let installation = Installation::find();
    if installation.is_none() {
        crate::skip("postgres", "PostgreSQL's server is not installed (Debian: apt-get install postgresql)");
    }
    installation
}

/// Makes an empty cluster in `folder/data`.
pub(super) fn initialise(installation: &Installation, folder: &Path) -> io::Result<()> {
    installation.hand_over(folder)?;
    let output = installation
        .command("initdb", folder)
        .args(["--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C", "--username=gantry", "--pgdata=data"])
        .output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()))
}

/// The arguments of `postgres` for a cluster in `folder/data` with its socket in `folder`.
pub(super) fn arguments(folder: &Path, durability: Durability) -> Vec<String> {
    let mut settings = vec![
        "listen_addresses=".into(),
        format!("unix_socket_directories={}", folder.display()),
        "unix_socket_permissions=0700".into(),
        "max_connections=400".into(),
        // Nothing may happen by itself while a test looks at plans and counts; who needs statistics runs ANALYZE.
        "autovacuum=off".into(),
        "jit=off".into(),
        "timezone=UTC".into(),
    ];
    if durability == Durability::Off {
        settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"].map(String::from));
    }
    let settings = settings.into_iter().flat_map(|setting| ["-c".into(), setting]);
    ["-D", "data", "-p", "5432"].map(String::from).into_iter().chain(settings).collect()
}

/// The URL of a database on the server whose socket is in `folder`.
pub(super) fn url(folder: &Path, database: &str) -> String {
    format!("postgresql://gantry@{}:5432/{database}", utf8_percent_encode(&folder.to_string_lossy(), NON_ALPHANUMERIC))
}

/// Connects once.
pub(super) async fn connect(url: &str) -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// Connects as soon as the server whose socket is in `folder` takes connections; the last failure after a minute.
pub(super) async fn connected(folder: &Path) -> Result<Client, tokio_postgres::Error> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match connect(&url(folder, "postgres")).await {
            Err(_) if Instant::now() < deadline => tokio::time::sleep(Duration::from_millis(10)).await,
            settled => return settled,
        }
    }
}

/// What the server in `folder` wrote last, for the report of a failure.
pub(super) fn log(folder: &Path) -> String {
    let path = log_file(folder);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let last: Vec<_> = text.lines().rev().take(20).collect();
    format!(
        "PostgreSQL does not answer; the end of {}:\n{}",
        path.display(),
        last.into_iter().rev().collect::<Vec<_>>().join("\n")
    )
}

/// Where a server in `folder` writes.
pub(super) fn log_file(folder: &Path) -> PathBuf {
    folder.join("server.log")
}

/// Runs a command detached from our output, which goes to the log of its folder.
pub(super) fn launch(command: &mut Command) -> io::Result<Child> {
    let folder = command.get_current_dir().map(Path::to_path_buf).unwrap_or_default();
    let log = File::options().create(true).append(true).open(log_file(&folder))?;
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()
}

/// Gives the process back once the server in `folder` takes connections; `None` when the process has ended instead, or
/// a minute has passed.
pub(super) async fn answers(folder: &Path, mut process: Child) -> Option<Child> {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline && process.try_wait().expect("the process is ours").is_none() {
        if connect(&url(folder, "postgres")).await.is_ok() {
            return Some(process);
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn words(server: &Server) -> i64 {
        let client = connect(&server.url("postgres")).await.expect("the server answers");
        client.query_one("SELECT count(*) FROM word", &[]).await.expect("SQL").get(0)
    }

    #[tokio::test]
    async fn survives_what_a_test_does_to_it() {
        let Some(mut server) = Server::start(Durability::Full).await else { return };
        let client = connect(&server.url("postgres")).await.expect("the server answers");
        client.batch_execute("CREATE TABLE word (text text); INSERT INTO word VALUES ('kept')").await.expect("SQL");
        server.kill();
        assert!(connect(&server.url("postgres")).await.is_err());
        server.resume().await;
        assert_eq!(words(&server).await, 1);
        server.stop();
        assert!(connect(&server.url("postgres")).await.is_err());
        server.resume().await;
        assert_eq!(words(&server).await, 1);
    }
}
