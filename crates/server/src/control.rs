//! The control socket: how a command runs beside a server that has the data folder.
//!
//! A Unix socket in the data folder, for the folder's owner alone. Each connection carries one request and one answer,
//! a line of JSON each: `{…}` and then `{"ok":…}` or `{"error":"one sentence"}`.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::Permissions;
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, watch};

/// Name of the socket in the data folder.
const SOCKET: &str = "control.sock";

/// Longest line.
const LINE: u64 = 64 * 1024 * 1024;

/// Commands that run at a time; further ones wait.
const AT_ONCE: usize = 8;

/// Time in which a client must have said what it wants.
const PATIENCE: Duration = Duration::from_secs(10);

/// Longest path that fits a socket's address.
const LONGEST_PATH: usize = 100;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Answer<T> {
    Ok(T),
    Error(String),
}

/// Why a command could not run beside the server.
#[derive(Debug)]
pub enum Failure {
    /// The server ran it and refused; the sentence is for whoever typed the command.
    Refused(String),
    /// The server went away or speaks another version.
    Broken(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(sentence) => f.write_str(sentence),
            Self::Broken(error) => write!(f, "the running server did not answer: {error}; try again, or restart it"),
        }
    }
}

impl std::error::Error for Failure {}

/// The listening end.
#[derive(Debug)]
pub struct ControlSocket {
    listener: UnixListener,
    path: PathBuf,
}

impl ControlSocket {
    /// Makes the socket in `folder`, whose lock the caller holds: what stands there is left over from a process that is
    /// gone. The socket appears under its name only when nobody else can open it any more.
    ///
    /// # Errors
    /// The file system's own.
    pub fn bind(folder: &Path) -> io::Result<Self> {
        let (path, draft) = (folder.join(SOCKET), folder.join(format!("{SOCKET}.new")));
        remove(&draft)?;
        let listener = short(folder, |folder| UnixListener::bind(folder.join(format!("{SOCKET}.new"))))?;
        std::fs::set_permissions(&draft, Permissions::from_mode(0o600))?;
        std::fs::rename(&draft, &path)?;
        Ok(Self { listener, path })
    }

    /// Answers requests with `handle` until `stop` turns true. What then runs is finished.
    pub async fn serve<Req, Res, F>(
        self,
        handle: impl Fn(Req) -> F + Send + Sync + 'static,
        mut stop: watch::Receiver<bool>,
    ) where
        Req: DeserializeOwned + Send + 'static,
        Res: Serialize + Send + 'static,
        F: Future<Output = Result<Res, String>> + Send,
    {
        let (handle, places) = (Arc::new(handle), Arc::new(Semaphore::new(AT_ONCE)));
        loop {
            let stream = tokio::select! {
                accepted = self.listener.accept() => accepted,
                _ = stop.wait_for(|stop| *stop) => break,
            };
            let Ok((stream, _)) = stream else { continue };
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
            let handle = Arc::clone(&handle);
            tokio::spawn(async move {
                if let Err(error) = converse(stream, &*handle).await {
                    tracing::debug!(%error, "a command went away");
                }
                drop(place);
            });
        }
        let _ = places.acquire_many(AT_ONCE as u32).await;
    }
}

impl Drop for ControlSocket {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

async fn converse<Req, Res, F>(stream: UnixStream, handle: &(impl Fn(Req) -> F + Sync)) -> io::Result<()>
where
    Req: DeserializeOwned,
    Res: Serialize,
    F: Future<Output = Result<Res, String>>,
{
    let mut stream = BufReader::new(stream);
    let request = tokio::time::timeout(PATIENCE, line(&mut stream)).await??;
    let answer = match serde_json::from_str(&request) {
        Ok(request) => handle(request).await.map_or_else(Answer::Error, Answer::Ok),
        Err(error) => Answer::Error(format!("the running server does not know this command: {error}")),
    };
    let answer = serde_json::to_vec(&answer)?;
    send(&mut stream, answer).await
}

/// Asks the server that runs over `folder`; `None` when none does.
///
/// # Errors
/// See [`Failure`].
pub async fn call<Req: Serialize, Res: DeserializeOwned>(folder: &Path, request: &Req) -> Result<Option<Res>, Failure> {
    let Some(stream) = connect(folder).await.map_err(Failure::Broken)? else { return Ok(None) };
    match exchange(stream, request).await.map_err(Failure::Broken)? {
        Answer::Ok(result) => Ok(Some(result)),
        Answer::Error(sentence) => Err(Failure::Refused(sentence)),
    }
}

async fn connect(folder: &Path) -> io::Result<Option<UnixStream>> {
    let stream = short(folder, |folder| std::os::unix::net::UnixStream::connect(folder.join(SOCKET)));
    match stream {
        Ok(stream) => {
            stream.set_nonblocking(true)?;
            UnixStream::from_std(stream).map(Some)
        }
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn exchange<Req: Serialize, Res: DeserializeOwned>(stream: UnixStream, request: &Req) -> io::Result<Answer<Res>> {
    let mut stream = BufReader::new(stream);
    send(&mut stream, serde_json::to_vec(request)?).await?;
    Ok(serde_json::from_str(&line(&mut stream).await?)?)
}

async fn send(stream: &mut BufReader<UnixStream>, mut text: Vec<u8>) -> io::Result<()> {
    text.push(b'\n');
    stream.write_all(&text).await?;
    stream.flush().await
}

async fn line(stream: &mut BufReader<UnixStream>) -> io::Result<String> {
    let mut text = String::new();
    stream.take(LINE).read_line(&mut text).await?;
    if text.ends_with('\n') { Ok(text) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Runs `act` on a path to `folder` that is short enough for a socket's address; a long one goes through a descriptor.
fn short<T>(folder: &Path, act: impl FnOnce(&Path) -> io::Result<T>) -> io::Result<T> {
    if folder.as_os_str().len() + SOCKET.len() < LONGEST_PATH {
        return act(folder);
    }
    let open = std::fs::File::open(folder)?;
    act(Path::new(&format!("/proc/self/fd/{}", open.as_raw_fd())))
}
