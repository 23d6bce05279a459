//! Clients that are slow or stuck: what is held for them is bounded, then they are dropped, and others notice nothing.

use crate::memory::held_by;
use crate::wire::{Wire, text};
use crate::world::{Server, User};
use futures_util::future::join_all;
use gantry_testkit::both_databases;
use serde_json::{Value, json};
use std::time::Duration;

const MESSAGES: &str = "stream-room-messages";
const SOON: Duration = Duration::from_secs(20);
const MIB: u64 = 1 << 20;

/// How many of them.
const STUCK: usize = 1_000;

/// As long as a message may be.
fn long_text() -> String {
    "long ".repeat(1_000)
}

/// Sockets that listen to a room and read nothing more.
async fn stuck(user: &User, rid: &str, many: usize) -> Vec<Wire> {
    let mut all = Vec::new();
    while all.len() < many {
        let some = (0..50.min(many - all.len())).map(|_| async {
            let mut wire = Wire::logged_in(user.rest.base(), "", &user.login).await;
            wire.stream(MESSAGES, rid).await;
            wire
        });
        all.extend(join_all(some).await);
    }
    all
}

/// What the listener heard somebody say, in order.
fn heard(frames: &[Value]) -> Vec<&Value> {
    frames
        .iter()
        .filter(|frame| frame["collection"] == MESSAGES)
        .map(|frame| &frame["fields"]["args"][0]["_id"])
        .collect()
}

both_databases! {
    async fn who_never_reads_is_dropped(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let rid = ann.channel("plans", &[&bob, &eve]).await;
        gantry_server::http::raise_open_files();
        let listener = bob.socket().await;
        listener.stream(MESSAGES, &rid).await;
        let mut stuck = stuck(&eve, &rid, STUCK).await;
        let before = held_by("self");
        let mut said = Vec::new();
        // What the system itself holds for a connection is its own affair: it goes on until that is full, too.
        while server.gantry.realtime().counts().connections > 1 {
            assert!(said.len() < 2_000, "{} are still there", server.gantry.realtime().counts().connections);
            said.push(ann.says(&rid, &long_text()).await["_id"].clone());
        }
        let held = held_by("self").saturating_sub(before);
        assert!(held < 64 * MIB, "{} MiB are held", held / MIB);
        let last = said.last().unwrap();
        listener.expect_where(MESSAGES, &rid, SOON, |args| args[0]["_id"] == *last).await;
        assert_eq!(heard(&listener.heard()), said.iter().collect::<Vec<_>>(), "the others hear everything");
        assert!(matches!(stuck.remove(0).end().await, None | Some(_)), "it is told, or cut off");
        // Whoever comes back is served.
        let mut back = Wire::logged_in(&server.base, "", &eve.login).await;
        let missed = back.call("loadHistory", json!([rid, null, 3])).await;
        assert_eq!(missed["result"]["messages"].as_array().unwrap().len(), 3);
    }

    /// Answers are held until they are read, and nothing more is taken from whoever asks on.
    async fn who_asks_and_does_not_read_has_to_wait(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.channel("plans", &[&bob]).await;
        for _ in 0..20 {
            ann.says(&rid, &long_text()).await;
        }
        let mut greedy = Wire::logged_in(&server.base, "", &ann.login).await;
        let before = held_by("self");
        let ask = text(&json!({ "msg": "method", "method": "loadHistory", "id": "ask", "params": [rid, null, 20] }).to_string());
        let mut asked = 0;
        while asked < 100_000 && greedy.send_if_taken(&ask, Duration::from_millis(500)).await {
            asked += 1;
        }
        assert!(asked < 100_000, "the server goes on listening to whoever does not read");
        let held = held_by("self").saturating_sub(before);
        assert!(held < 16 * MIB, "{} MiB are held", held / MIB);
        let socket = bob.socket().await;
        assert_eq!(ann.says(&rid, "still here").await["msg"], "still here");
        socket.barrier().await;
        let answer = greedy.wait(|frame| frame["msg"] == "result").await;
        assert_eq!(answer["result"]["messages"].as_array().unwrap().len(), 20, "what was asked is answered");
    }
}
