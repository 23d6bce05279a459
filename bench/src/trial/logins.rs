//! Password logins beside posts.

use super::*;
use crate::server::login;

/// Logins a second.
const RATE: u32 = 50;

pub async fn run(options: &Options) -> Result<()> {
    let (mut server, accounts, room) = Server::filled(options).await?;
    let alone = posts(&server, &accounts, &room, options).await?;
    let (done, stop) = (Arc::<Times>::default(), tokio::sync::watch::Sender::new(false));
    let logging_in = log_in_steadily(&server, &accounts, &done, stop.subscribe());
    let posting = async {
        let beside = posts(&server, &accounts, &room, options).await;
        stop.send_replace(true);
        beside
    };
    let (logged_in, beside) = tokio::join!(logging_in, posting);
    logged_in?;
    say("p99 of posts, ms", alone);
    say("p99 of posts beside the logins, ms", beside?);
    say("logins answered a second", done.count() as f64 / options.seconds as f64);
    say("p99 of logins, ms", done.quantile(0.99));
    server.stop().await
}

/// Posts come steadily, far from what the server can take: it is the logins that are tried.
async fn posts(server: &Server, accounts: &[Account], room: &str, options: &Options) -> Result<f64> {
    let (times, begin, step) = (Times::default(), Instant::now(), Duration::from_millis(5));
    let mut http = server.http().await?;
    for number in 0..options.seconds as u32 * 200 {
        let due = begin + step * number;
        sleep_until(due).await;
        post(&mut http, &accounts[number as usize % accounts.len()], room, now()).await?;
        times.note(due.elapsed());
    }
    Ok(times.quantile(0.99))
}

async fn log_in_steadily(
    server: &Server,
    accounts: &[Account],
    done: &Arc<Times>,
    mut stop: tokio::sync::watch::Receiver<bool>,
) -> Result<()> {
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / RATE);
    for account in accounts.iter().cycle() {
        tokio::select! {
            _ = stop.changed() => break,
            _ = ticks.tick() => {}
        }
        let (mut http, name, done) = (server.http().await?, account.name.clone(), done.clone());
        tokio::spawn(async move {
            let begin = Instant::now();
            // A busy server refuses, which is an answer, but no login.
            if login(&mut http, &name).await.is_ok() {
                done.note(begin.elapsed());
            }
        });
    }
    Ok(())
}
