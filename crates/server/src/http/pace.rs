//! Bodies that come too slowly, and bodies that nobody wants.

use axum::body::Body;
use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep};

/// What every body may take.
const GRACE: Duration = Duration::from_secs(10);

/// Slowest pace beyond that: bytes a second.
const SLOWEST: u64 = 1024;

/// How much of a body that the application did not want is taken all the same. A connection that is closed while its
/// client still sends is reset, and the client never reads why it was refused.
const UNWANTED: u64 = 64 * 1024 * 1024;

/// How long that may take.
const UNWANTED_TIME: Duration = Duration::from_secs(10);

/// The error of a body that came more slowly than 1 KiB a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooSlow;

impl TooSlow {
    /// Whether this is why reading a body failed; layers in between wrap errors.
    pub fn is_behind(error: &(dyn Error + 'static)) -> bool {
        error.is::<Self>() || error.source().is_some_and(Self::is_behind)
    }
}

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request body came too slowly")
    }
}

impl Error for TooSlow {}

/// A body whose sender must keep a pace. Only the time spent waiting for it counts, and the timer exists only then: a
/// body that came together with its header costs none.
struct Paced {
    /// Nothing once it was given up.
    body: Option<Incoming>,
    received: u64,
    waited: Duration,
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

/// `body`, held to the pace; an empty one as it is.
pub(super) fn paced(body: Incoming) -> Body {
    if body.is_end_stream() {
        return Body::empty();
    }
    Body::new(Paced { body: Some(body), received: 0, waited: Duration::ZERO, waiting: None })
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
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let next = Pin::new(body).poll_frame(context);
        if next.is_pending() && self.is_late(context) {
            self.body = None;
            return Poll::Ready(Some(Err(TooSlow.into())));
        }
        let frame = ready!(next);
        if let Some(Ok(frame)) = &frame {
            self.came(frame);
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(SizeHint::default, HttpBody::size_hint)
    }
}

impl Drop for Paced {
    fn drop(&mut self) {
        let unread = self.body.take().filter(|body| !body.is_end_stream());
        if let (Some(body), Ok(runtime)) = (unread, Handle::try_current()) {
            runtime.spawn(tokio::time::timeout(UNWANTED_TIME, discard(body)));
        }
    }
}

/// Takes what comes, until the end, an error or [`UNWANTED`] bytes.
async fn discard(mut body: Incoming) {
    let mut taken = 0;
    while let Some(Ok(frame)) = body.frame().await {
        taken += frame.data_ref().map_or(0, |data| data.len() as u64);
        if taken > UNWANTED {
            return;
        }
    }
}
