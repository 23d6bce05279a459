//! The PostgreSQL that is installed here, and who may run it.

use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where Debian and its kin keep the programs that do not belong in `PATH`: one folder per major version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The programs, and the account to run them as when we are root (which PostgreSQL refuses).
#[derive(Clone, Debug)]
pub(super) struct Installation {
    programs: PathBuf,
    account: Option<Account>,
}

#[derive(Clone, Copy, Debug)]
struct Account {
    user: u32,
    group: u32,
}

impl Installation {
    /// Looks in `PATH`, then for the newest of Debian's folders. `None` means: not installed.
    pub(super) fn find() -> Option<Self> {
        let path = env::var_os("PATH").unwrap_or_default();
        let mut folders = env::split_paths(&path).chain(debian());
        let programs = folders.find(|folder| ["initdb", "postgres"].iter().all(|name| folder.join(name).is_file()))?;
        Some(Self { programs, account: Account::needed() })
    }

    /// A program, to be run in `folder` as the account that may, without the caller's `PG…` variables.
    pub(super) fn command(&self, name: &str, folder: &Path) -> Command {
        let mut command = Command::new(self.programs.join(name));
        self.adapt(&mut command, folder);
        command
    }

    /// Makes any program run where and as whom PostgreSQL's own programs do.
    pub(super) fn adapt(&self, command: &mut Command, folder: &Path) {
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
            command.env_remove(name);
        }
        command.current_dir(folder).env("LC_ALL", "C");
        if let Some(Account { user, group }) = self.account {
            command.uid(user).gid(group);
        }
    }

    /// The path of a program.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }

    /// Hands a file or folder to the account that runs the server.
    pub(super) fn hand_over(&self, path: &Path) -> io::Result<()> {
        self.account.map_or(Ok(()), |Account { user, group }| chown(path, Some(user), Some(group)))
    }

    /// The user who runs the server.
    pub(super) fn user(&self) -> u32 {
        self.account.map_or_else(own_user, |account| account.user)
    }
}

/// Who we are.
pub(super) fn own_user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Debian's folders, newest version first.
fn debian() -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut versions: Vec<u32> = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    versions.sort_unstable();
    versions.into_iter().rev().map(|version| Path::new(DEBIAN).join(version.to_string()).join("bin"))
}

impl Account {
    /// `None` when we are not root: then the server runs as ourselves.
    fn needed() -> Option<Self> {
        (own_user() == 0).then(|| ["postgres", "nobody"].into_iter().find_map(Self::named)).flatten()
    }

    fn named(name: &str) -> Option<Self> {
        Some(Self { user: id("-u", name)?, group: id("-g", name)? })
    }
}

fn id(what: &str, name: &str) -> Option<u32> {
    let output = Command::new("id").args([what, name]).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}
