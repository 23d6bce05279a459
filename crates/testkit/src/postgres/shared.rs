//! The one server that all test processes of a user share.
//!
//! The runner gives every test a process of its own, so the server must outlive the process that starts it and still
//! not be left behind. Three locks in its folder settle that; `watchdog.sh` names them.

use super::installation::{Installation, own_user};
use super::server::{self, Durability};
use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use tokio_postgres::Client;

/// A process's stay at the shared server: the server lives at least as long as this.
#[derive(Debug)]
pub(super) struct Shared {
    folder: PathBuf,
    _present: File,
}

impl Shared {
    /// Joins the user's server, and starts it if nobody has.
    ///
    /// Fails when the folder belongs to somebody else or the server cannot be started.
    pub(super) async fn join(installation: &Installation) -> io::Result<Self> {
        let folder = std::env::temp_dir().join(format!("gantry-tests-{}", own_user()));
        Self::join_in(folder, installation, Duration::from_secs(20)).await
    }

    async fn join_in(folder: PathBuf, installation: &Installation, patience: Duration) -> io::Result<Self> {
        claim(&folder, installation)?;
        let present = waiting(lock_file(&folder, "users", installation)?, File::lock_shared).await?;
        let joining = waiting(lock_file(&folder, "joining", installation)?, File::lock).await?;
        let watched = lock_file(&folder, "watched", installation)?;
        match watched.try_lock() {
            Ok(()) => start(&folder, installation, watched, patience).await?,
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
        drop(joining);
        Ok(Self { folder, _present: present })
    }

    /// The URL of a database on the server.
    pub(super) fn url(&self, database: &str) -> String {
        server::url(&self.folder, database)
    }

    /// A connection to the database that is always there.
    pub(super) async fn administer(&self) -> Client {
        server::connected(&self.folder).await.unwrap_or_else(|error| panic!("{error}: {}", server::log(&self.folder)))
    }
}

/// Makes the folder, open to nobody else, and refuses one that somebody else has put there.
fn claim(folder: &Path, installation: &Installation) -> io::Result<()> {
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => installation.hand_over(folder)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    let found = fs::symlink_metadata(folder)?;
    if found.is_dir() && [own_user(), installation.user()].contains(&found.uid()) {
        return Ok(());
    }
    Err(io::Error::other(format!("{} belongs to somebody else", folder.display())))
}

fn lock_file(folder: &Path, name: &str, installation: &Installation) -> io::Result<File> {
    let path = folder.join(name);
    let file = File::options().create(true).append(true).open(&path)?;
    installation.hand_over(&path)?;
    Ok(file)
}

/// Takes a lock that others may hold for seconds, off the threads of the runtime.
async fn waiting(file: File, lock: fn(&File) -> io::Result<()>) -> io::Result<File> {
    tokio::task::spawn_blocking(move || lock(&file).map(|()| file)).await?
}

/// Starts the server under its watchdog. `watched` is handed to the watchdog, which takes it for its own life.
async fn start(folder: &Path, installation: &Installation, watched: File, patience: Duration) -> io::Result<()> {
    clear(folder).await?;
    server::initialise(installation, folder)?;
    drop(watched);
    let mut watchdog = Command::new("sh");
    watchdog
        .args(["-c", include_str!("watchdog.sh"), "watchdog", &patience.as_secs().to_string()])
        .arg(installation.program("postgres"))
        .args(server::arguments(folder, Durability::Off));
    installation.adapt(&mut watchdog, folder);
    // A group of its own: what ends the test's group (a time limit, an interrupt) must not end the server of all.
    watchdog.process_group(0);
    let running = server::answers(folder, server::launch(&mut watchdog)?).await;
    running.map(drop).ok_or_else(|| io::Error::other(server::log(folder)))
}

/// Removes what a server left whose watchdog is gone, and the server itself if it is still there.
async fn clear(folder: &Path) -> io::Result<()> {
    let data = folder.join("data");
    if let Some(leftover) = main_process(&data) {
        // An error says that it has gone already.
        let _gone = rustix::process::kill_process(leftover, rustix::process::Signal::QUIT);
        while rustix::process::test_kill_process(leftover).is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    absent(fs::remove_dir_all(data))?;
    absent(fs::remove_file(server::log_file(folder)))
}

/// Lets a removal pass that found nothing to remove.
fn absent(removal: io::Result<()>) -> io::Result<()> {
    removal.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

/// The process that serves a cluster, as its own note says.
fn main_process(data: &Path) -> Option<rustix::process::Pid> {
    let note = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    rustix::process::Pid::from_raw(note.lines().next()?.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use std::process::Stdio;
    use std::time::Instant;

    /// A folder that the server's account may enter.
    fn folder() -> (tempfile::TempDir, PathBuf) {
        let outer = tempfile::Builder::new().prefix("gantry-").tempdir().expect("a folder");
        fs::set_permissions(outer.path(), PermissionsExt::from_mode(0o711)).expect("ours");
        let inner = outer.path().join("shared");
        (outer, inner)
    }

    async fn until_gone(path: &Path) {
        let deadline = Instant::now() + Duration::from_secs(20);
        while path.exists() {
            assert!(Instant::now() < deadline, "{} is still there", path.display());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn answers(shared: &Shared) -> bool {
        server::connect(&shared.url("postgres")).await.is_ok()
    }

    #[tokio::test]
    async fn stays_while_somebody_is_there_and_no_longer() {
        let Some(installation) = server::installed() else { return };
        let (_outer, folder) = folder();
        let join = || Shared::join_in(folder.clone(), &installation, Duration::from_secs(1));
        let first = join().await.expect("the server starts");
        let second = join().await.expect("the server is there");
        drop(first);
        tokio::time::sleep(Duration::from_secs(3)).await;
        assert!(answers(&second).await, "the server left although somebody was there");
        drop(second);
        until_gone(&folder.join("data")).await;
        let again = join().await.expect("the server starts again");
        assert!(answers(&again).await);
        drop(again);
        until_gone(&folder.join("data")).await;
    }

    #[tokio::test]
    async fn replaces_a_server_that_nobody_watches() {
        let Some(installation) = server::installed() else { return };
        let (_outer, folder) = folder();
        fs::create_dir(&folder).expect("ours");
        server::initialise(&installation, &folder).expect("initdb succeeds");
        let mut orphan = installation.command("postgres", &folder);
        let mut orphan =
            orphan.args(server::arguments(&folder, Durability::Off)).stderr(Stdio::null()).spawn().expect("runs");
        drop(server::connected(&folder).await.expect("the orphan answers"));
        let reaper = std::thread::spawn(move || orphan.wait());
        let shared = Shared::join_in(folder.clone(), &installation, Duration::from_secs(1)).await.expect("starts anew");
        assert!(reaper.join().is_ok_and(|ended| ended.is_ok()), "the orphan was not ended");
        assert!(answers(&shared).await);
        drop(shared);
        until_gone(&folder.join("data")).await;
    }

    #[tokio::test]
    async fn refuses_a_folder_of_somebody_else() {
        let Some(installation) = server::installed() else { return };
        let (_outer, folder) = folder();
        std::os::unix::fs::symlink("/", &folder).expect("ours");
        assert!(Shared::join_in(folder, &installation, Duration::from_secs(1)).await.is_err());
    }
}
