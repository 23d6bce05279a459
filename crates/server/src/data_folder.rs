//! The data folder: made for its owner alone, and used by one process at a time.

use crate::Problem;
use rustix::fs::{FlockOperation, flock};
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The file whose lock is the right to use the folder.
const LOCK: &str = "gantry.lock";

/// A data folder that this process alone uses, until this is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Makes the folder when it is missing and takes its lock.
    ///
    /// # Errors
    /// Another process has it, or the folder cannot be made or written.
    pub fn take(path: &Path) -> Result<Self, Problem> {
        make(path).map_err(|error| unusable(path, &error))?;
        let mut lock = open(path).map_err(|error| unusable(path, &error))?;
        match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => return Err(taken(path, &mut lock)),
            Err(error) => return Err(unusable(path, &error.into())),
        }
        sign(&mut lock).map_err(|error| unusable(path, &error))?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn make(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

fn open(folder: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(folder.join(LOCK))
}

/// The lock counts, not the file: it stays behind, and its number is only for people.
fn sign(lock: &mut File) -> io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    writeln!(lock, "{}", std::process::id())
}

fn taken(path: &Path, lock: &mut File) -> Problem {
    let mut owner = String::new();
    let _ = lock.take(20).read_to_string(&mut owner);
    let owner = match owner.trim() {
        "" => String::new(),
        number => format!(" (process {number})"),
    };
    Problem::running(format!(
        "the data folder {} is in use by another gantry{owner}: stop that one, or choose another folder with --data.",
        path.display()
    ))
}

fn unusable(path: &Path, error: &io::Error) -> Problem {
    Problem::running(format!("the data folder {} cannot be used: {error}.", path.display()))
}
