//! What a session is carried by: a WebSocket, or the requests of a SockJS client.
//!
//! A carrier brings the client's messages one at a time, and takes what waits for it in the connection's
//! [`Outbox`]. The session knows nothing of the difference.

use crate::outbox::Outbox;
use crate::websocket::Close;
use std::future::{Future, poll_fn};
use std::ops::ControlFlow;
use std::task::{Context, Poll};

/// What is done with a client's messages.
pub trait Handler {
    /// Deals with one message; the next one waits until this is done. Answers go to the connection's [`Outbox`].
    ///
    /// Pings and pongs do not come here. It is run to its end even when the client leaves meanwhile. `Break` ends the
    /// connection when all answers are sent.
    fn on_text(&mut self, text: Box<str>) -> impl Future<Output = ControlFlow<Close>> + Send;

    /// Whether it is known who the client is.
    fn knows_client(&self) -> bool;
}

/// See the head of this file.
pub(crate) trait Carrier {
    /// Reads, writes and looks at the clock, as far as that goes without waiting.
    fn turn(&mut self, cx: &mut Context<'_>);

    /// The next message, when its turn has come; `None` once the connection has ended.
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Box<str>>>;

    /// What waits for the client.
    fn outbox(&self) -> &Outbox;

    /// Says how long the client's messages may be from now on: those of strangers are short.
    fn allow(&mut self, knows_client: bool);
}

/// Hands a client's messages to `handler` until the connection ends. Reading and writing go on meanwhile.
pub(crate) async fn carry(carrier: &mut (impl Carrier + Send), handler: &mut (impl Handler + Send)) {
    carrier.allow(handler.knows_client());
    while let Some(text) = poll_fn(|cx| carrier.poll_next(cx)).await {
        let mut work = Box::pin(handler.on_text(text));
        let done = poll_fn(|cx| {
            let done = work.as_mut().poll(cx);
            if done.is_pending() {
                carrier.turn(cx);
            }
            done
        });
        if let ControlFlow::Break(close) = done.await {
            carrier.outbox().close(close);
        }
        drop(work);
        carrier.allow(handler.knows_client());
    }
}
