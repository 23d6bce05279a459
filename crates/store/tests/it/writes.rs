//! Closures, savepoints, batches, sequences, stamps.

use crate::world::{START, World, blank, message};
use gantry_model::event::{Event, Key};
use gantry_model::{Error, Millis, RoomId, RoomKind};
use gantry_testkit::both_databases;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

fn created(rid: &RoomId) -> Event {
    Event::RoomCreated { rid: rid.clone(), kind: RoomKind::Channel }
}

both_databases! {
    /// What a closure wrote before it failed is taken back; what others wrote in the same batch stays.
    async fn one_failure_takes_no_other_with_it(world: World) {
        let writes = (0..40).map(|n| {
            let store = world.store.clone();
            tokio::spawn(async move {
                store.write([], move |tx| {
                    let room = blank(tx, &format!("room-{n}"));
                    tx.rooms().insert(&room)?;
                    tx.emit(Key::Room(room.id.clone()), created(&room.id));
                    if n % 3 == 0 { Err(Error::not_allowed("test")) } else { Ok(room.id) }
                }).await
            })
        }).collect::<Vec<_>>();
        for (n, write) in writes.into_iter().enumerate() {
            let outcome = write.await.unwrap();
            assert_eq!(outcome.is_ok(), n % 3 != 0);
            let name = format!("room-{n}");
            let found = world.store.read(move |db| db.rooms().by_name(&name)).await.unwrap();
            assert_eq!(found.is_some(), n % 3 != 0, "room-{n}");
        }
        let events: usize = world.heard.batches().iter().map(|batch| batch.events.len()).sum();
        assert_eq!(events, (0..40).filter(|n| n % 3 != 0).count(), "an event left that was taken back, or one is missing");
    }

    /// A statement that the database refuses fails its closure alone.
    async fn a_refused_statement_fails_its_closure_alone(world: World) {
        world.room("taken").await;
        let (a, b) = tokio::join!(
            world.store.write([], |tx| { let room = blank(tx, "taken"); tx.rooms().insert(&room) }),
            world.store.write([], |tx| { let room = blank(tx, "free"); tx.rooms().insert(&room) }),
        );
        assert!(a.is_err());
        b.unwrap();
    }

    async fn a_panic_fails_its_closure_alone(world: World) {
        let (a, b) = tokio::join!(
            world.store.write([], |tx| -> gantry_model::Result<()> {
                let room = blank(tx, "lost");
                tx.rooms().insert(&room)?;
                panic!("as a bug would");
            }),
            world.store.write([], |tx| { let room = blank(tx, "kept"); tx.rooms().insert(&room) }),
        );
        assert!(a.is_err());
        b.unwrap();
        let lost = world.store.read(|db| db.rooms().by_name("lost")).await.unwrap();
        assert!(lost.is_none());
    }

    /// Writers of one room see each other's writes, lose none, and number its messages without gaps.
    async fn writers_of_one_key_are_ordered(world: World) {
        let rid = world.room("busy").await;
        let writes = (0..200).map(|n| {
            let (store, rid) = (world.store.clone(), rid.clone());
            tokio::spawn(async move {
                store.write([Key::Room(rid.clone())], move |tx| {
                    let mut room = tx.rooms().get(&rid)?.ok_or_else(|| Error::invalid_room("test"))?;
                    let sent = message(tx, &mut room, &n.to_string());
                    tx.messages().insert(&sent)?;
                    tx.rooms().update_activity(&mut room)?;
                    tx.emit(Key::Room(rid.clone()), created(&rid));
                    Ok(sent.place)
                }).await.unwrap()
            })
        }).collect::<Vec<_>>();
        let mut places = Vec::new();
        for write in writes {
            places.push(write.await.unwrap());
        }
        places.sort_unstable();
        assert_eq!(places, (1..=200).collect::<Vec<i64>>());
        let key = Key::Room(rid);
        let seqs: Vec<i64> = world.heard.batches().iter().flat_map(|batch| &batch.events)
            .filter(|one| one.key == key).map(|one| one.seq).collect();
        assert_eq!(seqs, (1..=200).collect::<Vec<i64>>(), "heard out of order, or with gaps");
    }

    /// An answer is released only after the listener took in its batch.
    async fn answers_come_after_the_listener(world: World) {
        for n in 0..20 {
            let before = world.heard.batches().len();
            world.store.write([Key::Server], move |tx| {
                tx.emit(Key::Server, created(&RoomId::new(n.to_string())));
                Ok(())
            }).await.unwrap();
            assert!(world.heard.batches().len() > before);
        }
    }

    /// A restart goes on with the numbers.
    async fn sequences_survive_a_restart(mut world: World) {
        let emit = |tx: &mut gantry_store::Tx<'_>| { tx.emit(Key::Server, created(&RoomId::new("r"))); Ok(()) };
        world.store.write([Key::Server], emit).await.unwrap();
        world.restart().await;
        world.store.write([Key::Server], emit).await.unwrap();
        assert_eq!(world.heard.batches()[0].events[0].seq, 2);
    }

    /// A closed store refuses, and says so.
    async fn a_closed_store_refuses(world: World) {
        let store = world.store.clone();
        tokio::task::spawn_blocking(move || store.close()).await.unwrap();
        assert!(world.store.write([], |_| Ok(())).await.is_err());
        assert!(world.store.read(|_| Ok(())).await.is_err());
    }
}

/// The stamp is the batch's: SQLite's own clock is the store's, which may jump.
#[tokio::test]
async fn stamps_never_go_back() {
    use gantry_testkit::{Engine, OnEngine};
    let Some(mut world) = World::on(Engine::Sqlite).await else { return };
    let stamp = |world: &World| {
        let store = world.store.clone();
        async move { store.write([], |tx| Ok(tx.stamp())).await.unwrap() }
    };
    assert_eq!(stamp(&world).await, START);
    world.clock.set(Millis(START.0 - 3_600_000));
    let after_jump = stamp(&world).await;
    assert!(after_jump >= START, "{after_jump:?}");
    world.restart().await;
    assert!(stamp(&world).await > START);
    world.clock.set(Millis(START.0 + 86_400_000));
    assert_eq!(stamp(&world).await, Millis(START.0 + 86_400_000));
}

/// Waiting writes share commits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn waiting_writes_share_a_commit() {
    use gantry_testkit::{Engine, OnEngine};
    let Some(world) = World::on(Engine::Sqlite).await else { return };
    let runs = Arc::new(AtomicUsize::new(0));
    let writes: Vec<_> = (0..500)
        .map(|_| {
            let (store, runs) = (world.store.clone(), runs.clone());
            tokio::spawn(async move {
                store
                    .write([], move |_| {
                        runs.fetch_add(1, Ordering::SeqCst);
                        Ok(())
                    })
                    .await
                    .unwrap();
            })
        })
        .collect();
    for write in writes {
        write.await.unwrap();
    }
    let counts = world.store.observed();
    assert_eq!((runs.load(Ordering::SeqCst), counts.writes), (500, 500));
    assert!(counts.commits < 500, "{counts:?}");
}
