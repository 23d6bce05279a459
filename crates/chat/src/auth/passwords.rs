//! Passwords: hashed and checked on threads of their own, at low priority, behind a bounded queue.
//!
//! What is hashed is the SHA-256 of the password in hex, which is what clients send that hash it themselves: so both
//! forms meet. New hashes are argon2id; bcrypt ones of the same text, as imported accounts bring them, are accepted and
//! replaced when their owner logs in.

use crate::Chat;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use gantry_model::{Error, Result};
use std::fmt;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};

/// Memory in KiB, passes and lanes of a new hash.
const MEMORY: u32 = 7 * 1024;
const PASSES: u32 = 5;
const LANES: u32 = 1;

/// A hash of nobody's password, made with the same effort: checking against it takes as long as against a real one.
const NOBODYS: &str =
    "$argon2id$v=19$m=7168,t=5,p=1$c29tZWJvZHksIG5vYm9keQ$0bOoRnE5x6kK1zI+RCcBgLdEfvDPvG2iUHUa/u8nVOQ";

/// The longest password, in bytes. A longer one is nobody's.
pub(crate) const LONGEST: usize = 4_096;

/// Passwords waiting to be hashed at most; more callers wait at the door.
const WAITING: usize = 64;
/// How long a caller waits at the door.
const PATIENCE: Duration = Duration::from_secs(10);
/// How far the threads stand behind everything else, as `nice` counts: a third of its share, so that a crowd that logs in
/// does not slow messages down, and a busy machine does not keep people out for long.
const NICE: i32 = 5;

/// SHA-256 of a password in hex: as good as the password itself, and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Digest(String);

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digest(…)")
    }
}

impl Digest {
    /// Of a plain password; nothing for one that is too long to be anybody's.
    pub fn of(password: &str) -> Option<Self> {
        (password.len() <= LONGEST).then(|| Self(hex(&super::tokens::sha256(password))))
    }

    /// As a client sends it: 64 hex digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let valid = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        valid.then(|| Self(text.to_ascii_lowercase()))
    }
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// What came of checking a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is not the password, or there is none.
    Wrong,
    /// It is.
    Right,
    /// It is, and its hash is of an older kind.
    RightButOld,
}

/// The hash to store for a plain password, which should have passed [`super::check_password`].
///
/// # Errors
/// `error-password-policy-not-met` for one that is too long; unavailable when too many wait.
pub async fn hash_password(chat: &Chat, password: &str) -> Result<String> {
    let digest = Digest::of(password).ok_or_else(super::policy::not_met)?;
    chat.state().hashing().hash(digest).await
}

/// The hash of a password that somebody is given, if it keeps the policy.
///
/// # Errors
/// `error-password-policy-not-met`; unavailable when too many wait.
pub(crate) async fn allowed_password(chat: &Chat, password: &str) -> Result<String> {
    super::check_password(&chat.settings(), password)?;
    hash_password(chat, password).await
}

/// The threads that hash. They start with the first password.
pub(crate) struct Hashing {
    door: Semaphore,
    queue: OnceLock<SyncSender<Job>>,
}

type Job = Box<dyn FnOnce() + Send>;

impl Default for Hashing {
    fn default() -> Self {
        Self { door: Semaphore::new(WAITING), queue: OnceLock::new() }
    }
}

impl Hashing {
    /// Hashes a password.
    pub(super) async fn hash(&self, digest: Digest) -> Result<String> {
        self.run(move || hash(&digest)).await?
    }

    /// Checks a password against what is stored, if anything is: the time it takes does not tell.
    pub(super) async fn check(&self, stored: Option<String>, digest: Option<Digest>) -> Result<Verdict> {
        self.run(move || check(stored.as_deref(), digest.as_ref())).await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let busy = || Error::unavailable("too many passwords wait to be hashed");
        let place = tokio::time::timeout(PATIENCE, self.door.acquire()).await.map_err(|_| busy())?;
        let _place = place.map_err(|_| busy())?;
        let (answer, received) = oneshot::channel();
        let job: Job = Box::new(move || {
            // Nobody waits any more: spare the effort.
            if !answer.is_closed() {
                let _ = answer.send(work());
            }
        });
        self.queue()?.try_send(job).map_err(|_| busy())?;
        received.await.map_err(|_| Error::internal("hashing a password panicked"))
    }

    fn queue(&self) -> Result<&SyncSender<Job>> {
        if let Some(queue) = self.queue.get() {
            return Ok(queue);
        }
        let started = start()?;
        Ok(self.queue.get_or_init(|| started))
    }
}

/// One thread, two where there are cores to spare. They end when the queue does.
fn start() -> Result<SyncSender<Job>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    // Twice the door's places: jobs whose callers went away still lie in the queue.
    let (queue, jobs) = sync_channel(WAITING * 2);
    let jobs = Arc::new(Mutex::new(jobs));
    for _ in 0..if cores >= 4 { 2 } else { 1 } {
        let jobs = jobs.clone();
        let thread = std::thread::Builder::new().name("gantry-passwords".into());
        thread.spawn(move || work_off(&jobs)).map_err(Error::internal)?;
    }
    Ok(queue)
}

fn work_off(jobs: &Mutex<Receiver<Job>>) {
    step_back();
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            // A panic costs the one caller who waits for it, not the thread.
            Ok(job) => drop(std::panic::catch_unwind(std::panic::AssertUnwindSafe(job))),
            Err(_) => return,
        }
    }
}

/// On Linux "this process" means the calling thread alone.
#[cfg(target_os = "linux")]
fn step_back() {
    // Where it is not permitted, passwords are hashed at the usual priority.
    let _ = rustix::process::setpriority_process(None, NICE);
}

#[cfg(not(target_os = "linux"))]
fn step_back() {
    let _ = NICE;
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY, PASSES, LANES, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(digest: &Digest) -> Result<String> {
    let mut salt = [0; 16];
    aws_lc_rs::rand::fill(&mut salt).map_err(|_| Error::internal("no randomness"))?;
    let hash = argon2()?.hash_password_with_salt(digest.0.as_bytes(), &salt).map_err(Error::internal)?;
    Ok(hash.to_string())
}

fn check(stored: Option<&str>, digest: Option<&Digest>) -> Verdict {
    match (stored, digest) {
        (Some(stored), Some(Digest(digest))) if stored.starts_with("$2") => match bcrypt::verify(digest, stored) {
            Ok(true) => Verdict::RightButOld,
            _ => Verdict::Wrong,
        },
        (Some(stored), Some(Digest(digest))) => against(stored, digest),
        _ => {
            against(NOBODYS, "");
            Verdict::Wrong
        }
    }
}

fn against(stored: &str, digest: &str) -> Verdict {
    let Ok(hash) = PasswordHash::new(stored) else { return Verdict::Wrong };
    if Argon2::default().verify_password(digest.as_bytes(), &hash).is_err() {
        return Verdict::Wrong;
    }
    match Params::try_from(&hash) {
        Ok(params) if (params.m_cost(), params.t_cost(), params.p_cost()) == (MEMORY, PASSES, LANES) => Verdict::Right,
        _ => Verdict::RightButOld,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(password: &str) -> Digest {
        Digest::of(password).unwrap()
    }

    #[test]
    fn plain_and_digest_meet() {
        let sent = "5E884898DA28047151D0E56F8DC6292773603D0D6AABBDD62A11EF721D1542D8";
        assert_eq!(Digest::from_hex(sent), Digest::of("password"));
        assert_eq!(Digest::from_hex(&sent[1..]), None);
        assert_eq!(Digest::from_hex(&sent.replace('5', "x")), None);
        assert_eq!(Digest::of(&"x".repeat(LONGEST + 1)), None);
        assert_eq!(format!("{:?}", digest("password")), "Digest(…)");
    }

    #[test]
    fn a_new_hash_takes_the_effort_it_should() {
        let hash = hash(&digest("correct horse")).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=7168,t=5,p=1$"), "{hash}");
        assert_eq!(check(Some(&hash), Some(&digest("correct horse"))), Verdict::Right);
        assert_eq!(check(Some(&hash), Some(&digest("correct house"))), Verdict::Wrong);
    }

    #[test]
    fn older_hashes_are_taken_and_marked() {
        let digest = digest("battery staple");
        let bcrypt = bcrypt::hash(&digest.0, 4).unwrap();
        assert_eq!(check(Some(&bcrypt), Some(&digest)), Verdict::RightButOld);
        assert_eq!(check(Some(&bcrypt), Digest::of("other").as_ref()), Verdict::Wrong);
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 1, 1, None).unwrap());
        let weak = weak.hash_password_with_salt(digest.0.as_bytes(), b"0123456789abcdef").unwrap().to_string();
        assert_eq!(check(Some(&weak), Some(&digest)), Verdict::RightButOld);
    }

    #[test]
    fn nobody_costs_what_somebody_costs() {
        let nobodys = PasswordHash::new(NOBODYS).unwrap();
        let params = Params::try_from(&nobodys).unwrap();
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (MEMORY, PASSES, LANES));
        assert_eq!(check(None, Some(&digest("x"))), Verdict::Wrong);
        assert_eq!(check(Some("not a hash"), Some(&digest("x"))), Verdict::Wrong);
        assert_eq!(check(Some(NOBODYS), None), Verdict::Wrong);
    }

    #[tokio::test]
    async fn a_crowd_is_served_in_turn() {
        let hashing = Arc::new(Hashing::default());
        let stored = hash(&digest("x")).unwrap();
        let waiting: Vec<_> = (0..WAITING + 8)
            .map(|_| {
                let (hashing, stored) = (hashing.clone(), stored.clone());
                tokio::spawn(async move { hashing.check(Some(stored), Digest::of("x")).await })
            })
            .collect();
        for one in waiting {
            assert_eq!(one.await.unwrap().unwrap(), Verdict::Right);
        }
    }
}
