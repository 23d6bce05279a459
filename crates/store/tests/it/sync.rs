//! History pages and `updatedSince`: nothing missed, nothing split.

use crate::world::{World, message};
use gantry_model::event::Key;
use gantry_model::{Error, Millis, RoomId};
use gantry_store::History;
use gantry_testkit::{Engine, both_databases};
use std::collections::BTreeSet;

async fn send(world: &World, rid: &RoomId, text: &str) -> Millis {
    let (key, rid, text) = (Key::Room(rid.clone()), rid.clone(), text.to_owned());
    world
        .store
        .write([key], move |tx| {
            let mut room = tx.rooms().get(&rid)?.ok_or_else(|| Error::invalid_room("test"))?;
            let sent = message(tx, &mut room, &text);
            tx.messages().insert(&sent)?;
            tx.rooms().update_activity(&mut room)?;
            Ok(tx.stamp())
        })
        .await
        .unwrap()
}

both_databases! {
    /// Whoever takes the newest `_updatedAt` for a cursor sees every message exactly once or again, and misses none,
    /// while writers go on.
    async fn a_client_that_syncs_misses_nothing(world: World) {
        let rid = world.room("sync").await;
        let writer = {
            let (store, rid) = (world.store.clone(), rid.clone());
            tokio::spawn(async move {
                for n in 0..150 {
                    let rid = rid.clone();
                    store.write([Key::Room(rid.clone())], move |tx| {
                        let mut room = tx.rooms().get(&rid)?.ok_or_else(|| Error::invalid_room("test"))?;
                        let sent = message(tx, &mut room, &n.to_string());
                        tx.messages().insert(&sent)?;
                        tx.rooms().update_activity(&mut room)
                    }).await.unwrap();
                }
            })
        };
        let (mut seen, mut cursor, mut done) = (BTreeSet::new(), Millis(0), false);
        loop {
            let room = rid.clone();
            let page = world.store.sync(Some(cursor), move |db, since| {
                db.messages().updated_since(&room, since.unwrap_or_default(), 7)
            }).await.unwrap();
            for one in &page {
                cursor = cursor.max(one.updated);
                seen.insert(one.place);
            }
            if done {
                break;
            }
            done = writer.is_finished();
        }
        // The pages after the last write: on PostgreSQL each overlaps the former by design, so ask without a page's end.
        let rest = world.store.sync(Some(cursor), move |db, since| {
            db.messages().updated_since(&rid, since.unwrap_or_default(), 1_000)
        }).await.unwrap();
        seen.extend(rest.iter().map(|one| one.place));
        writer.await.unwrap();
        let missed: Vec<i64> = (1..=150).filter(|place| !seen.contains(place)).collect();
        assert!(missed.is_empty(), "missed {missed:?}");
    }

    /// Of many rooms three were written to, and a sync read looks at those alone. Where other processes may write, it looks
    /// at everything.
    async fn a_sync_looks_at_what_was_written(world: World) {
        let mut rooms = Vec::new();
        for n in 0..40 {
            rooms.push(world.room(&format!("room{n}")).await);
        }
        let cursor = send(&world, &rooms[0], "before").await;
        world.clock.set(Millis(world.clock.now().0 + 10));
        for rid in &rooms[1..4] {
            send(&world, rid, "after").await;
        }
        send(&world, &rooms[1], "again").await;
        let written = world.store.sync_rooms(Some(cursor), |_, _, written| Ok(written)).await.unwrap();
        let written = written.map(|rooms| rooms.into_iter().collect::<BTreeSet<_>>());
        let expected = (world.engine == Engine::Sqlite).then(|| rooms[1..4].iter().cloned().collect::<BTreeSet<_>>());
        assert_eq!(written, expected);
        let all = world.store.sync_rooms(None, |_, _, written| Ok(written)).await.unwrap();
        assert_eq!(all, None, "without a cursor everything is asked for");
    }

    /// Pages of history, one after the other by the oldest `ts`, give the whole room in order, ties included.
    async fn history_pages_split_no_tie(world: World) {
        let rid = world.room("pages").await;
        for n in 0..30 {
            send(&world, &rid, &n.to_string()).await;
        }
        // Ten more with one and the same time.
        let (key, room) = (Key::Room(rid.clone()), rid.clone());
        world.store.write([key], move |tx| {
            let mut room = tx.rooms().get(&room)?.ok_or_else(|| Error::invalid_room("test"))?;
            let tie = Millis(room.last_ts.0 + 1);
            for n in 0..10 {
                let mut sent = message(tx, &mut room, &n.to_string());
                sent.ts = tie;
                tx.messages().insert(&sent)?;
            }
            room.last_ts = tie;
            tx.rooms().update_activity(&mut room)
        }).await.unwrap();
        let (mut places, mut latest) = (Vec::new(), None);
        loop {
            let page = History { latest, count: 4, ..History::default() };
            let room = rid.clone();
            let messages = world.store.read(move |db| db.messages().history(&room, &page)).await.unwrap();
            let Some(last) = messages.last() else { break };
            latest = Some(last.ts);
            places.extend(messages.iter().map(|one| one.place));
        }
        assert_eq!(places, (1..=40).rev().collect::<Vec<i64>>());
    }

    /// A removed message is told as removed, an edited one as updated.
    async fn changes_and_removals_are_told(world: World) {
        let rid = world.room("changes").await;
        let first = send(&world, &rid, "one").await;
        let cursor = send(&world, &rid, "two").await.max(first);
        world.clock.set(Millis(world.clock.now().0 + 10));
        let (key, room) = (Key::Room(rid.clone()), rid.clone());
        world.store.write([key], move |tx| {
            let messages = tx.messages().history(&room, &History { count: 10, ..History::default() })?;
            let [two, one] = &messages[..] else { return Err(Error::invalid_room("test")) };
            tx.messages().remove(one)?;
            let mut edited = two.clone();
            edited.body = "{\"msg\":\"two!\"}".into();
            tx.messages().update(&mut edited)
        }).await.unwrap();
        let (updated, removed) = world.store.sync(Some(cursor), move |db, since| {
            let since = since.unwrap_or_default();
            Ok((db.messages().updated_since(&rid, since, 50)?, db.messages().removed_since(&rid, since, 50)?))
        }).await.unwrap();
        assert!(updated.iter().any(|one| one.body.contains("two!")));
        assert_eq!(removed.len(), 1);
    }
}
