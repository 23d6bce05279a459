//! The trials.

pub mod logins;
pub mod presence;
pub mod rest;
pub mod stopped;
pub mod storm;

use crate::ddp::Ddp;
use crate::http::Http;
use crate::server::{Account, Server};
use crate::times::Times;
use crate::{Options, Result, say};
use serde_json::json;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

/// Handshakes at once, where nothing else is asked for.
const AT_ONCE: usize = 64;

/// What stands before the time at which a message was due, in its text.
const DUE: &str = "due:";

/// Everybody's socket, logged in and subscribed.
async fn connect(server: &Server, accounts: &[Account], room: &str, at_once: usize, whole: bool) -> Result<Vec<Ddp>> {
    let (gate, mut coming) = (Arc::new(Semaphore::new(at_once)), JoinSet::<Result<Ddp>>::new());
    for account in accounts.iter().cloned() {
        let (gate, address, room) = (gate.clone(), server.address(), room.to_owned());
        coming.spawn(async move {
            let _place = gate.acquire().await?;
            let mut ddp = Ddp::log_in(&address, &account).await?;
            ddp.subscribe(&account, &room, whole).await?;
            Ok(ddp)
        });
    }
    let mut all = Vec::new();
    while let Some(ddp) = coming.join_next().await {
        all.push(ddp??);
    }
    Ok(all)
}

/// Everybody listens from now on; how late messages come is noted.
fn listen(sockets: Vec<Ddp>, late: &Arc<Times>) -> JoinSet<()> {
    let mut listeners = JoinSet::new();
    for mut ddp in sockets {
        let late = late.clone();
        listeners.spawn(async move {
            while let Ok(said) = ddp.hear().await {
                if let Some(due) = due_of(&said) {
                    late.note(now().saturating_sub(due));
                }
            }
        });
    }
    listeners
}

/// When the message of a room that was heard was due.
fn due_of(said: &str) -> Option<Duration> {
    let text = said.contains("stream-room-messages").then(|| said.split_once(DUE))??.1;
    let digits = text.split(|letter: char| !letter.is_ascii_digit()).next()?;
    digits.parse().ok().map(Duration::from_micros)
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Posts into the room, so many times a second for so long.
async fn paced(server: &Server, accounts: &[Account], room: &str, rate: u32, seconds: u64) -> Result<()> {
    let (begin, step) = (Instant::now(), Duration::from_secs(1) / rate);
    let mut http = server.http().await?;
    for number in 0..rate * seconds as u32 {
        sleep_until(begin + step * number).await;
        post(&mut http, &accounts[number as usize % accounts.len().min(10)], room).await?;
    }
    Ok(())
}

async fn post(http: &mut Http, account: &Account, room: &str) -> Result<()> {
    let text = format!("{DUE}{} {}", now().as_micros(), "x".repeat(78));
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
                post(&mut http, &account, &room).await?;
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
