//! Bodies that come too slowly.

use axum::body::Body;
use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep};

/// What every body may take.
const GRACE: Duration = Duration::from_secs(10);

/// Slowest pace beyond that: bytes a second.
const SLOWEST: u64 = 1024;

/// The error of a body that came more slowly than 1 KiB a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request body came too slowly")
    }
}

impl std::error::Error for TooSlow {}

/// A body whose sender must keep a pace. Only the time spent waiting for it counts, and the timer exists only then: a
/// body that came together with its header costs none.
struct Paced {
    body: Incoming,
    received: u64,
    waited: Duration,
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

/// `body`, held to the pace; an empty one as it is.
pub(super) fn paced(body: Incoming) -> Body {
    if body.is_end_stream() {
        return Body::empty();
    }
    Body::new(Paced { body, received: 0, waited: Duration::ZERO, waiting: None })
}

impl Paced {
    /// What its sender may still take until the next bytes.
    fn left(&self) -> Duration {
        (GRACE + Duration::from_secs(self.received / SLOWEST)).saturating_sub(self.waited)
    }

    fn is_late(&mut self, context: &mut Context<'_>) -> bool {
        let left = self.left();
        let (_, timer) = self.waiting.get_or_insert_with(|| (Instant::now(), Box::pin(tokio::time::sleep(left))));
        timer.as_mut().poll(context).is_ready()
    }

    fn came(&mut self, frame: &Frame<Bytes>) {
        self.received += frame.data_ref().map_or(0, |data| data.len() as u64);
        if let Some((since, _)) = self.waiting.take() {
            self.waited += since.elapsed();
        }
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let next = Pin::new(&mut self.body).poll_frame(context);
        if next.is_pending() && self.is_late(context) {
            return Poll::Ready(Some(Err(TooSlow.into())));
        }
        let frame = ready!(next);
        if let Some(Ok(frame)) = &frame {
            self.came(frame);
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
