//! What the server does by itself, every few seconds.

use gantry_chat::{Chat, auth, presence};
use gantry_model::Result;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

/// How often statuses end whose time is over, and those who did not come back go from sight.
const PRESENCE: Duration = Duration::from_secs(1);

/// How often sessions are looked through for those whose time is over. Nobody can use one meanwhile; but its sockets still
/// hear.
const SESSIONS: Duration = Duration::from_secs(30);

/// The jobs of one server. They end with the last of its clones, or earlier when told to.
#[derive(Clone)]
pub(crate) struct Jobs(Arc<watch::Sender<bool>>);

impl Jobs {
    /// Begins. Must be called on a runtime.
    pub(crate) fn start(chat: Chat) -> Self {
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(every(PRESENCE, stopped.clone(), chat.clone(), async |chat| {
            presence::let_go(chat);
            presence::end_statuses(chat).await
        }));
        tokio::spawn(every(SESSIONS, stopped, chat, async |chat| {
            while auth::end_overdue(chat).await? {}
            Ok(())
        }));
        Self(Arc::new(stop))
    }

    /// Ends them.
    pub(crate) fn stop(&self) {
        self.0.send_replace(true);
    }
}

/// Does `job` again and again, until told to stop or nobody is left who could.
async fn every<J>(pause: Duration, mut stopped: watch::Receiver<bool>, chat: Chat, job: J)
where
    J: for<'c> AsyncFn(&'c Chat) -> Result<()>,
{
    let mut ticks = tokio::time::interval(pause);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = ticks.tick() => {}
        }
        if let Err(error) = job(&chat).await {
            tracing::warn!(cause = error.cause(), "something that is done every {pause:?} was not: it is tried again");
        }
    }
}
