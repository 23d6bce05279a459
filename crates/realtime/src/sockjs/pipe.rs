//! The body of an answer that is written piece by piece.

use bytes::Bytes;
use hyper::body::{Body, Frame};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// A writer and the body that it writes. One piece waits between them at most.
pub(super) fn pipe() -> (Writer, Stream) {
    let shared = Arc::<Mutex<Shared>>::default();
    (Writer(shared.clone()), Stream(shared))
}

#[derive(Debug, Default)]
struct Shared {
    piece: Option<Bytes>,
    /// One side has let go.
    over: bool,
    writer: Option<Waker>,
    reader: Option<Waker>,
}

/// The body of an answer; ends when its writer is dropped.
#[derive(Debug)]
pub struct Stream(Arc<Mutex<Shared>>);

/// Writes a body.
#[derive(Debug)]
pub(super) struct Writer(Arc<Mutex<Shared>>);

/// Nobody takes the answer any more.
#[derive(Debug)]
pub(super) struct Gone;

impl Writer {
    /// Whether a piece may be put: the one before was taken.
    pub(super) fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>> {
        let mut shared = lock(&self.0);
        if shared.over {
            return Poll::Ready(Err(Gone));
        }
        // Also while there is room: it may be long until it is used, and the reader may leave before.
        shared.writer = Some(cx.waker().clone());
        if shared.piece.is_some() { Poll::Pending } else { Poll::Ready(Ok(())) }
    }

    /// Sends a piece behind what still waits.
    pub(super) fn put(&mut self, piece: Bytes) {
        let mut shared = lock(&self.0);
        shared.piece = Some(match shared.piece.take() {
            Some(before) => [before, piece].concat().into(),
            None => piece,
        });
        wake(&mut shared.reader);
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let mut shared = lock(&self.0);
        shared.over = true;
        wake(&mut shared.reader);
    }
}

impl Body for Stream {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let mut shared = lock(&self.0);
        if let Some(piece) = shared.piece.take() {
            wake(&mut shared.writer);
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        if shared.over {
            return Poll::Ready(None);
        }
        shared.reader = Some(cx.waker().clone());
        Poll::Pending
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let mut shared = lock(&self.0);
        shared.over = true;
        wake(&mut shared.writer);
    }
}

/// Nothing panics half-way while it is held.
fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waking only marks a task as ready to run.
fn wake(waker: &mut Option<Waker>) {
    if let Some(waker) = waker.take() {
        waker.wake();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> Context<'static> {
        Context::from_waker(Waker::noop())
    }

    fn read(stream: &mut Stream) -> Poll<Option<Bytes>> {
        let read = Pin::new(stream).poll_frame(&mut context());
        read.map(|frame| frame.map(|frame| frame.unwrap().into_data().unwrap()))
    }

    #[test]
    fn one_piece_waits() {
        let (mut writer, mut stream) = pipe();
        assert!(read(&mut stream).is_pending());
        assert!(matches!(writer.poll_ready(&mut context()), Poll::Ready(Ok(()))));
        writer.put("a".into());
        assert!(writer.poll_ready(&mut context()).is_pending());
        assert_eq!(read(&mut stream), Poll::Ready(Some("a".into())));
        assert!(matches!(writer.poll_ready(&mut context()), Poll::Ready(Ok(()))));
    }

    #[test]
    fn what_was_put_before_the_end_arrives() {
        let (mut writer, mut stream) = pipe();
        writer.put("a".into());
        writer.put("b".into());
        drop(writer);
        assert_eq!(read(&mut stream), Poll::Ready(Some("ab".into())));
        assert_eq!(read(&mut stream), Poll::Ready(None));
    }

    #[test]
    fn a_reader_that_left_is_noticed() {
        let (mut writer, stream) = pipe();
        drop(stream);
        assert!(matches!(writer.poll_ready(&mut context()), Poll::Ready(Err(Gone))));
    }
}
