//! Power loss: what a disk could hold at any moment after a process's writes, rebuilt from a recording.
//!
//! A child process (this test binary again, with a recorder preloaded) sends messages and notes each acknowledgement in
//! a file of its own. From the recording, images are rebuilt at random cuts: what was synced is there; of what was not,
//! each write is there, missing, or torn at a sector. Every image must open, be whole, and hold all that was
//! acknowledged before the cut. The negative control is the same with `synchronous=NORMAL`: it must lose something,
//! or the recorder records nothing.

use crate::world::{blank, message};
use gantry_model::event::{Batch, Key};
use gantry_model::{Clock, Error};
use gantry_store::{Database, Listener, Store, Synchronous};
use gantry_testkit::skip;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

const SECTOR: usize = 512;

struct Deaf;

impl Listener for Deaf {
    fn committed(&self, _: &Batch) {}
    fn announce(&self, _: Arc<Batch>) {}
    fn uncertain(&self) {}
}

/// What the child does; in an ordinary run there is no folder, and nothing to do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child_of_the_power_tests() {
    let (Ok(folder), Ok(level)) = (std::env::var("RECORD_FOLDER"), std::env::var("RECORD_LEVEL")) else { return };
    let synchronous = if level == "full" { Synchronous::Full } else { Synchronous::Normal };
    let path = Path::new(&folder).join("gantry.db");
    let database = Database::Sqlite { path, synchronous };
    let (store, _) = Store::open(database, Clock::system(), |_| Ok(Arc::new(Deaf))).unwrap();
    let store = Arc::new(store);
    let rid = store
        .write([], |tx| {
            let room = blank(tx, "power");
            tx.rooms().insert(&room)?;
            Ok(room.id)
        })
        .await
        .unwrap();
    let writers = (0..4).map(|writer| {
        let (store, rid, folder) = (store.clone(), rid.clone(), folder.clone());
        tokio::spawn(async move {
            let acks = Path::new(&folder).join(format!("acks-{writer}"));
            for _ in 0..60 {
                let rid = rid.clone();
                let id = store
                    .write([Key::Room(rid.clone())], move |tx| {
                        let mut room = tx.rooms().get(&rid)?.ok_or_else(|| Error::invalid_room("power"))?;
                        let sent = message(tx, &mut room, &"x".repeat(300));
                        tx.messages().insert(&sent)?;
                        tx.rooms().update_activity(&mut room)?;
                        Ok(sent.id)
                    })
                    .await
                    .unwrap();
                append(&acks, &format!("{id}\n"));
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    // Gone without a goodbye, as with the power.
    std::process::abort();
}

fn append(path: &Path, text: &str) {
    use std::io::Write;
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

#[derive(Debug)]
enum Op {
    Write(u64, Vec<u8>),
    Truncate(u64),
    Sync,
    Unlink,
}

struct Recording(Vec<(String, Op)>);

impl Recording {
    /// Runs the child under the recorder; nothing where there is no C compiler to build it.
    fn of(level: &str) -> Option<Self> {
        let scratch = tempfile::tempdir().unwrap();
        let library = recorder(scratch.path())?;
        let (folder, log) = (scratch.path().join("data"), scratch.path().join("log"));
        std::fs::create_dir(&folder).unwrap();
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "power::child_of_the_power_tests", "--nocapture"])
            .env("LD_PRELOAD", library)
            .env("RECORD_FOLDER", &folder)
            .env("RECORD_LOG", &log)
            .env("RECORD_LEVEL", level)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status()
            .unwrap();
        assert!(!status.success(), "the child ends by abort");
        Some(Self::parse(&std::fs::read(&log).unwrap()))
    }

    fn parse(mut bytes: &[u8]) -> Self {
        fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
            let (head, rest) = bytes.split_at_checked(count)?;
            *bytes = rest;
            Some(head)
        }
        let mut ops = Vec::new();
        let mut one = || -> Option<(String, Op)> {
            let bytes = &mut bytes;
            let kind = take(bytes, 1)?[0];
            let named = u16::from_le_bytes(take(bytes, 2)?.try_into().ok()?);
            let name = String::from_utf8(take(bytes, named.into())?.to_vec()).ok()?;
            let offset = u64::from_le_bytes(take(bytes, 8)?.try_into().ok()?);
            let length = u64::from_le_bytes(take(bytes, 8)?.try_into().ok()?);
            let op = match kind {
                b'w' => Op::Write(offset, take(bytes, usize::try_from(length).ok()?)?.to_vec()),
                b't' => Op::Truncate(offset),
                b's' => Op::Sync,
                _ => Op::Unlink,
            };
            Some((name, op))
        };
        while let Some(op) = one() {
            ops.push(op);
        }
        Self(ops)
    }

    /// The acknowledged message ids before the cut.
    fn acknowledged(&self, cut: usize) -> Vec<String> {
        let noted = self.0[..cut].iter().filter(|(name, _)| name.starts_with("acks-"));
        let texts = noted.filter_map(|(_, op)| match op {
            Op::Write(_, data) => Some(String::from_utf8_lossy(data).trim().to_owned()),
            _ => None,
        });
        texts.filter(|id| !id.is_empty()).collect()
    }

    /// What the disk could hold when the power went after `cut` operations.
    fn image(&self, cut: usize, chance: &mut Chance, folder: &Path) {
        let mut files: HashMap<&str, (Vec<u8>, Vec<&Op>)> = HashMap::new();
        for (name, op) in
            self.0[..cut].iter().filter(|(name, _)| name.starts_with("gantry.db") && !name.ends_with("-shm"))
        {
            let (synced, pending) = files.entry(name).or_default();
            match op {
                Op::Sync => pending.drain(..).for_each(|op| apply(synced, op, usize::MAX)),
                Op::Unlink => drop((std::mem::take(synced), std::mem::take(pending))),
                op => pending.push(op),
            }
        }
        for (name, (mut content, pending)) in files {
            for op in pending {
                match chance.below(3) {
                    0 => {}
                    1 => apply(&mut content, op, usize::MAX),
                    _ => apply(&mut content, op, usize::try_from(chance.below(8)).unwrap() * SECTOR),
                }
            }
            std::fs::write(folder.join(name), content).unwrap();
        }
    }
}

/// Applies an operation, of a write only the first `reach` bytes.
fn apply(content: &mut Vec<u8>, op: &Op, reach: usize) {
    match op {
        Op::Write(offset, data) => {
            let (from, data) = (usize::try_from(*offset).unwrap(), &data[..data.len().min(reach)]);
            if content.len() < from + data.len() {
                content.resize(from + data.len(), 0);
            }
            content[from..from + data.len()].copy_from_slice(data);
        }
        Op::Truncate(size) => content.resize(usize::try_from(*size).unwrap(), 0),
        Op::Sync | Op::Unlink => {}
    }
}

fn recorder(folder: &Path) -> Option<PathBuf> {
    let library = folder.join("recorder.so");
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/power/recorder.c");
    let built =
        Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).arg("-ldl").status();
    if built.is_ok_and(|status| status.success()) {
        return Some(library);
    }
    skip("cc", "a C compiler builds the recorder of unsynced writes");
    None
}

/// Small, seeded and the same everywhere, so that a failing cut can be run again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// What is wrong with the image: lost messages, or a database that is not whole.
fn faults(folder: &Path, acknowledged: &[String]) -> Result<(), String> {
    let path = folder.join("gantry.db");
    if !path.exists() {
        return if acknowledged.is_empty() { Ok(()) } else { Err("no database".into()) };
    }
    let db = rusqlite::Connection::open(&path).map_err(|error| error.to_string())?;
    let whole: String =
        db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).map_err(|error| error.to_string())?;
    if whole != "ok" {
        return Err(whole);
    }
    let mut find = match db.prepare("SELECT 1 FROM message WHERE id = ?1") {
        Ok(find) => find,
        Err(_) if acknowledged.is_empty() => return Ok(()),
        Err(error) => return Err(error.to_string()),
    };
    match acknowledged.iter().find(|id| !find.exists([id]).unwrap_or(false)) {
        Some(id) => Err(format!("acknowledged message {id} is lost")),
        None => Ok(()),
    }
}

/// Cuts the power `cuts` times; how many images had a fault, and the first of them.
fn cut_power(recording: &Recording, cuts: usize) -> (usize, Option<String>) {
    let mut chance = Chance(0x5eed_0000_0000_0001);
    let (mut faulty, mut first) = (0, None);
    for _ in 0..cuts {
        let cut = usize::try_from(chance.below(recording.0.len() as u64 + 1)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        recording.image(cut, &mut chance, folder.path());
        if let Err(fault) = faults(folder.path(), &recording.acknowledged(cut)) {
            faulty += 1;
            first.get_or_insert(format!("after {cut} operations: {fault}"));
        }
    }
    (faulty, first)
}

/// How many cuts: 500 in the suite, more with `GANTRY_POWER_CUTS`.
fn cuts() -> usize {
    std::env::var("GANTRY_POWER_CUTS").ok().and_then(|cuts| cuts.parse().ok()).unwrap_or(500)
}

#[test]
fn nothing_acknowledged_is_lost_with_the_power() {
    let Some(recording) = Recording::of("full") else { return };
    assert!(recording.acknowledged(recording.0.len()).len() >= 240, "the recorder missed the acknowledgements");
    let (faulty, first) = cut_power(&recording, cuts());
    assert_eq!(first, None, "{faulty} images of {} had a fault", cuts());
}

/// The negative control: without a sync before each answer, acknowledged messages must be found lost.
#[test]
fn the_power_test_can_fail() {
    let Some(recording) = Recording::of("normal") else { return };
    let (faulty, _) = cut_power(&recording, 200);
    assert!(faulty > 0, "200 power losses without synced commits lost nothing: the recorder is blind");
}
