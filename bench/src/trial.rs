//! The trials.

pub mod logins;
pub mod presence;
pub mod rest;
pub mod stopped;
pub mod storm;

use crate::ddp::{Ddp, now, text_due};
use crate::http::Http;
use crate::server::{Account, Server};
use crate::times::Times;
use crate::{Options, Result, say};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep_until};

/// Handshakes at once, where nothing else is asked for.
const AT_ONCE: usize = 64;

/// Everybody's socket, logged in and subscribed, each given to `then` as soon as it is.
async fn connect_each<T: Send + 'static>(
    server: &Server,
    accounts: &[Account],
    room: &str,
    how: How<'_>,
    then: impl Fn(Ddp) -> T + Clone + Send + 'static,
) -> Result<Vec<T>> {
    let (gate, mut coming) = (Arc::new(Semaphore::new(how.at_once)), JoinSet::<Result<T>>::new());
    for account in accounts.iter().cloned() {
        let (gate, address, room, late) = (gate.clone(), server.address(), room.to_owned(), how.late.clone());
        let (whole, then) = (how.whole, then.clone());
        coming.spawn(async move {
            let _place = gate.acquire().await?;
            let mut ddp = Ddp::log_in(&address, &account, &late).await?;
            ddp.subscribe(&account, &room, whole).await?;
            Ok(then(ddp))
        });
    }
    let mut all = Vec::new();
    while let Some(one) = coming.join_next().await {
        all.push(one??);
    }
    Ok(all)
}

/// How clients connect.
struct How<'a> {
    /// So many at once.
    at_once: usize,
    /// To everything a web client listens to, or to the room's messages alone.
    whole: bool,
    /// Where it is noted how late messages come.
    late: &'a Arc<Times>,
}

/// Everybody's socket, logged in and subscribed.
async fn connect(server: &Server, accounts: &[Account], room: &str, how: How<'_>) -> Result<Vec<Ddp>> {
    connect_each(server, accounts, room, how, |ddp| ddp).await
}

/// Everybody listens from now on.
fn listen(sockets: Vec<Ddp>) -> Vec<Listener> {
    sockets.into_iter().map(Listener::of).collect()
}

/// A client that reads until this is dropped.
struct Listener(JoinHandle<()>);

impl Listener {
    fn of(mut ddp: Ddp) -> Self {
        Self(tokio::spawn(async move { while ddp.hear().await.is_ok() {} }))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Posts into the room, so many times a second for so long.
async fn paced(server: &Server, accounts: &[Account], room: &str, rate: u32, seconds: u64) -> Result<()> {
    let (begin, step) = (Instant::now(), Duration::from_secs(1) / rate);
    let mut http = server.http().await?;
    for number in 0..rate * seconds as u32 {
        sleep_until(begin + step * number).await;
        // What waits for the answer to the one before was due all the same.
        let due = now().saturating_sub((begin + step * number).elapsed());
        post(&mut http, &accounts[number as usize % accounts.len().min(10)], room, due).await?;
    }
    Ok(())
}

async fn post(http: &mut Http, account: &Account, room: &str, due: Duration) -> Result<()> {
    let text = text_due(due);
    http.call(&account.identity, "chat.postMessage", Some(&json!({ "roomId": room, "text": text }))).await.map(drop)
}

/// As many posts as the server takes from so many writers that wait for their answers.
async fn burst(server: &Server, accounts: &[Account], room: &str, writers: usize, seconds: u64) -> Result<Times> {
    let (times, end, mut writing) =
        (Arc::<Times>::default(), Instant::now() + Duration::from_secs(seconds), JoinSet::<Result<()>>::new());
    for account in accounts.iter().cycle().take(writers).cloned() {
        let (mut http, room, times) = (server.http().await?, room.to_owned(), times.clone());
        writing.spawn(async move {
            while Instant::now() < end {
                let begin = Instant::now();
                post(&mut http, &account, &room, now()).await?;
                times.note(begin.elapsed());
            }
            Ok(())
        });
    }
    while let Some(writer) = writing.join_next().await {
        writer??;
    }
    Arc::into_inner(times).ok_or_else(|| "a writer is left".into())
}
