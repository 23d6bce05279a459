//! Order and completeness: whoever synchronises ends with the same messages in the same order, none missing, none twice,
//! whatever was written meanwhile, however often sockets broke off, and though the server was killed in the midst.
//!
//! All that is random follows from a seed, which a failure names. `GANTRY_SEEDS` says how many are tried,
//! `GANTRY_FIRST_SEED` where they begin.

mod ground;
mod reader;
mod writer;

use gantry_model::Millis;
use gantry_testkit::{Engine, both_databases};
use ground::Ground;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;

/// What every part of a game draws from.
fn dice(seed: u64, part: u64) -> StdRng {
    StdRng::seed_from_u64(seed.wrapping_mul(1_000).wrapping_add(part))
}

fn number_in(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Which seeds: a few in the suite.
fn seeds(engine: Engine) -> impl Iterator<Item = u64> {
    let few = if engine == Engine::Sqlite { 6 } else { 3 };
    let first = number_in("GANTRY_FIRST_SEED").unwrap_or(1);
    first..first + number_in("GANTRY_SEEDS").unwrap_or(few)
}

/// Names the seed when its game fails.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}: try it again with GANTRY_FIRST_SEED={} GANTRY_SEEDS=1", self.0, self.0);
        }
    }
}

/// A message as clients tell it from others: two that are equal show the same.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    id: String,
    text: String,
    reactions: Value,
    edited: bool,
    ts: Millis,
    updated: Millis,
}

/// A time as REST or DDP writes it.
fn millis(value: &Value) -> Millis {
    let parsed = match value {
        Value::String(text) => Millis::parse(text),
        other => other["$date"].as_i64().map(Millis),
    };
    parsed.unwrap_or_else(|| panic!("{value} is no time"))
}

impl Shown {
    fn of(message: &Value) -> Self {
        let text = |key: &str| message[key].as_str().unwrap_or_default().to_owned();
        let edited = !message["editedAt"].is_null();
        let (ts, updated) = (millis(&message["ts"]), millis(&message["_updatedAt"]));
        Self { id: text("_id"), text: text("msg"), reactions: message["reactions"].clone(), edited, ts, updated }
    }
}

both_databases! {
    async fn everybody_ends_with_the_same(engine: Engine) {
        let Some(mut ground) = Ground::on(engine).await else { return };
        for seed in seeds(engine) {
            let named = Seed(seed);
            play(&mut ground, seed).await;
            drop(named);
        }
    }
}

/// Some write, some read, the server is killed; then all compare.
async fn play(ground: &mut Ground, seed: u64) {
    let mut dice = dice(seed, 0);
    let (writers, readers) = (dice.random_range(2..=5), dice.random_range(2..=5));
    let acts = dice.random_range(15..=30);
    let game = ground.game(seed, writers * acts).await;
    let writing: Vec<_> =
        (0..writers).map(|n| tokio::spawn(writer::write(game.clone(), ground.person(n), n as u64 + 1, acts))).collect();
    let reading: Vec<_> = (0..readers)
        .map(|n| tokio::spawn(reader::follow(game.clone(), ground.person(n + 2), n as u64 + 100)))
        .collect();
    game.reached(dice.random_range(writers..writers * acts)).await;
    ground.kill_and_start(&game);
    let mut journals = Vec::new();
    for writer in writing {
        journals.push(writer.await.unwrap());
    }
    let truth = ground.truth(&game).await;
    for journal in &journals {
        journal.agrees(&truth);
    }
    let written: usize = journals.iter().map(writer::Journal::len).sum();
    assert_eq!(truth.len(), written, "nothing else was written");
    for reader in reading {
        let mut reader = reader.await.unwrap();
        reader.catch_up_for_good(&game).await;
        reader.agrees(&truth);
    }
}
