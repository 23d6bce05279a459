use super::*;
use crate::frame::{Draft, WireForm};
use crate::outbox::{Bounds, Outbox};
use proptest::prelude::*;
use std::task::Waker;

/// A batch of `count` frames, spliced ones among them, and their bytes.
fn batch(count: usize) -> (Sending, Vec<u8>) {
    let outbox = Outbox::new(WireForm::Raw, Bounds::default());
    let room = Draft::from("{\"_id\":\"R\"}").share();
    let mut bytes = Vec::new();
    for number in 0..count {
        let draft = Draft::from(&*format!("[{number},"));
        let frame = if number % 3 == 0 { draft.frame(WireForm::Raw) } else { draft.splice(WireForm::Raw, &room, "]") };
        bytes.extend(frame.slices().concat());
        outbox.push(frame).unwrap();
    }
    let mut batch = VecDeque::new();
    outbox.take(&mut batch, Cost::default(), Waker::noop());
    (Sending::of(batch), bytes)
}

#[test]
fn what_waits_leaves_in_one_write() {
    let (mut sending, bytes) = batch(20);
    let mut writes = Vec::new();
    let flushed = sending.flush(|slices| {
        let all = slices.iter().flat_map(|slice| slice.to_vec()).collect::<Vec<_>>();
        let sent = all.len();
        writes.push(all);
        Poll::Ready(Ok(sent))
    });
    assert!(matches!(flushed, Poll::Ready(Ok(()))));
    assert_eq!(writes, [bytes]);
}

#[test]
fn a_write_has_at_most_64_slices() {
    let (mut sending, bytes) = batch(1_000);
    let (mut writes, mut written) = (0, Vec::new());
    let flushed = sending.flush(|slices| {
        assert!(slices.len() <= SLICES);
        writes += 1;
        slices.iter().for_each(|slice| written.extend_from_slice(slice));
        Poll::Ready(Ok(slices.iter().map(|slice| slice.len()).sum()))
    });
    assert!(matches!(flushed, Poll::Ready(Ok(()))));
    assert_eq!(written, bytes);
    assert!(writes <= 1_000 * 3 / (SLICES - Frame::SLICES) + 1, "{writes}");
}

#[test]
fn a_closed_socket_is_an_error() {
    let (mut sending, _) = batch(1);
    assert!(matches!(sending.flush(|_| Poll::Ready(Ok(0))), Poll::Ready(Err(_))));
    let broken = sending.flush(|_| Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())));
    assert!(matches!(broken, Poll::Ready(Err(_))));
}

proptest! {
    #[test]
    fn partial_writes_lose_and_repeat_nothing(count in 1usize..40, takes in proptest::collection::vec(0usize..60, 1..50)) {
        let (mut sending, bytes) = batch(count);
        let total = sending.batch.iter().fold(Cost::default(), |mut sum, entry| { sum += entry.cost(); sum });
        let mut takes = takes.into_iter().cycle().chain([]);
        let (mut written, mut cost) = (Vec::new(), Cost::default());
        let mut rounds = 0;
        while !sending.batch.is_empty() {
            rounds += 1;
            let _ = sending.flush(|slices| {
                let take = if rounds > 500 { usize::MAX } else { takes.next().unwrap_or(1) };
                let all: Vec<u8> = slices.iter().flat_map(|slice| slice.to_vec()).take(take).collect();
                written.extend_from_slice(&all);
                if all.is_empty() { Poll::Pending } else { Poll::Ready(Ok(all.len())) }
            });
            // Who stops goes on later with what is left.
            if rounds % 5 == 0 {
                let left = sending.stop();
                cost += sending.written();
                sending = Sending::of(left);
            }
            cost += sending.written();
        }
        prop_assert_eq!(written, bytes);
        prop_assert_eq!(cost, total);
    }
}
