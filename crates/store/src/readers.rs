//! Reads: closures on threads that own a connection each.

use crate::Database;
use crate::engine::{Conn, Fault};
use gantry_model::{Error, Result};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use tokio::sync::{Semaphore, oneshot};

/// Reader threads: two keep two cores busy; on PostgreSQL they mostly wait for the network.
const SQLITE_READERS: usize = 2;
const POSTGRES_READERS: usize = 8;
/// Reads waiting at most; more callers wait at the door.
const WAITING: usize = 4_096;

type Work = Box<dyn FnOnce(&mut Conn) + Send>;

#[derive(Default)]
struct Queue {
    waiting: Mutex<(VecDeque<Work>, bool)>,
    wake: Condvar,
}

impl Queue {
    fn push(&self, work: Work) -> Result<()> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.1 {
            return Err(Error::unavailable("the store is closing"));
        }
        waiting.0.push_back(work);
        drop(waiting);
        self.wake.notify_one();
        Ok(())
    }
}

pub(crate) struct Readers {
    queue: Arc<Queue>,
    door: Semaphore,
    threads: Mutex<Vec<std::thread::JoinHandle<()>>>,
}

impl Readers {
    pub(crate) fn start(database: &Database) -> Result<Self> {
        let queue = Arc::<Queue>::default();
        let count = if matches!(database, Database::Postgres { .. }) { POSTGRES_READERS } else { SQLITE_READERS };
        let mut threads = Vec::new();
        for _ in 0..count {
            let (queue, database) = (queue.clone(), database.clone());
            threads.push(crate::spawn("gantry-reader", move || serve(&queue, &database))?);
        }
        Ok(Self { queue, door: Semaphore::new(WAITING), threads: Mutex::new(threads) })
    }

    pub(crate) async fn run<T, F>(&self, closure: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        let _place = self.door.acquire().await.map_err(|_| Error::unavailable("the store is closing"))?;
        let (answer, receiver) = oneshot::channel();
        let work: Work = Box::new(move |db| {
            let outcome = catch_unwind(AssertUnwindSafe(|| closure(db)));
            // The caller may have gone away.
            let _ = answer.send(outcome.unwrap_or_else(|_| Err(Error::internal("a read panicked"))));
        });
        self.queue.push(work)?;
        receiver.await.unwrap_or_else(|_| Err(Error::unavailable("the database is out of reach")))
    }

    pub(crate) fn close(&self) {
        self.queue.waiting.lock().unwrap_or_else(PoisonError::into_inner).1 = true;
        self.queue.wake.notify_all();
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        for thread in threads.drain(..) {
            // As with writers, what a read holds may be the last handle.
            if thread.thread().id() != std::thread::current().id() {
                // A reader that panicked has nothing left to answer.
                let _ = thread.join();
            }
        }
    }
}

/// The connection is opened with the first read, so that a start costs none, and again when it broke.
fn serve(queue: &Queue, database: &Database) {
    let mut connection: Option<Conn> = None;
    while let Some(work) = next(queue) {
        if connection.is_none() {
            match crate::open_reader(database) {
                Ok(fresh) => connection = Some(fresh),
                Err(error) => tracing::warn!(cause = error.cause(), "no connection for a read"),
            }
        }
        // Without a connection the work is dropped, and its caller told that the database is out of reach.
        if let Some(db) = &mut connection {
            db.begin_read();
            work(db);
            db.end_read();
            if db.take_fault().is_some_and(|fault| fault != Fault::Statement) {
                connection = None;
            }
        }
    }
}

fn next(queue: &Queue) -> Option<Work> {
    let mut waiting = queue.waiting.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        if let Some(work) = waiting.0.pop_front() {
            return Some(work);
        }
        if waiting.1 {
            return None;
        }
        waiting = queue.wake.wait(waiting).unwrap_or_else(PoisonError::into_inner);
    }
}
