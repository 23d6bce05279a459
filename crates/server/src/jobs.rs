//! What the server does by itself, every few seconds.

use gantry_chat::{Chat, presence};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

/// How often statuses are looked through for those whose time is over.
const STATUSES: Duration = Duration::from_secs(5);

/// The jobs of one server. They end with the last of its clones, or earlier when told to.
#[derive(Clone)]
pub(crate) struct Jobs(Arc<watch::Sender<bool>>);

impl Jobs {
    /// Begins. Must be called on a runtime.
    pub(crate) fn start(chat: Chat) -> Self {
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(statuses(chat, stopped));
        Self(Arc::new(stop))
    }

    /// Ends them.
    pub(crate) fn stop(&self) {
        self.0.send_replace(true);
    }
}

async fn statuses(chat: Chat, mut stopped: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(STATUSES);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            // Told to stop, or nobody is left who could.
            _ = stopped.changed() => return,
            _ = ticks.tick() => {}
        }
        if let Err(error) = presence::end_statuses(&chat).await {
            tracing::warn!(cause = error.cause(), "statuses whose time is over stand a little longer");
        }
    }
}
