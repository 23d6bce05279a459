use super::*;
use std::future::poll_fn;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// Seconds from now until something is due, and what. Must run on the paused clock.
async fn next(clock: &mut Clock) -> (u64, Due) {
    let start = Instant::now();
    let limits = Limits::default();
    let due = poll_fn(|cx| clock.poll(cx, &limits)).await;
    ((Instant::now() - start).as_secs(), due)
}

#[tokio::test(start_paused = true)]
async fn asks_after_silence_then_gives_up() {
    let mut clock = Clock::new(&Limits::default());
    assert_eq!(next(&mut clock).await, (30, Due::Ping));
    clock.asked();
    assert_eq!(next(&mut clock).await, (30, Due::Timeout));
    clock.closing();
    assert_eq!(next(&mut clock).await, (5, Due::End));
}

#[tokio::test(start_paused = true)]
async fn whatever_comes_is_life() {
    let mut clock = Clock::new(&Limits::default());
    tokio::time::advance(20 * SECOND).await;
    clock.heard();
    assert_eq!(next(&mut clock).await, (30, Due::Ping));
    clock.asked();
    tokio::time::advance(20 * SECOND).await;
    clock.heard();
    assert_eq!(next(&mut clock).await, (30, Due::Ping));
}

#[tokio::test(start_paused = true)]
async fn a_reader_is_stuck_only_while_nothing_moves() {
    let mut clock = Clock::new(&Limits::default());
    clock.stuck();
    tokio::time::advance(29 * SECOND).await;
    clock.heard();
    clock.moved();
    clock.stuck();
    clock.stuck();
    tokio::time::advance(20 * SECOND).await;
    clock.heard();
    assert_eq!(next(&mut clock).await, (10, Due::Stuck));
}

#[tokio::test(start_paused = true)]
async fn what_comes_is_not_what_wakes() {
    let mut clock = Clock::new(&Limits::default());
    let limits = Limits::default();
    let mut polls = 0;
    let woken = poll_fn(|cx| {
        polls += 1;
        clock.heard();
        match polls {
            10 => Poll::Ready(polls),
            _ => clock.poll(cx, &limits).map(|_| 0),
        }
    });
    let start = Instant::now();
    woken.await;
    assert_eq!((Instant::now() - start).as_secs(), 9 * 30, "the timer is moved only when it fires");
}
