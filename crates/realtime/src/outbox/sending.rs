//! Frames on their way out.

use super::{Cost, Entry};
use crate::frame::Frame;
use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::task::{Poll, ready};

/// How many slices go into one write.
const SLICES: usize = 64;

/// A batch that was taken from the outbox, and how far it is written.
#[derive(Debug, Default)]
pub(crate) struct Sending {
    pub(crate) batch: VecDeque<Entry>,
    /// Bytes of the first frame that are written.
    offset: usize,
    written: Cost,
}

impl Sending {
    /// Nothing of the batch is written.
    pub(super) fn of(batch: VecDeque<Entry>) -> Self {
        Self { batch, ..Self::default() }
    }

    /// Gives the batch to `write`, in as few calls as it lets, until it is gone.
    pub(crate) fn flush(
        &mut self,
        mut write: impl FnMut(&[IoSlice<'_>]) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<()>> {
        while !self.batch.is_empty() {
            match ready!(self.gather(&mut write))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                sent => self.advance(sent),
            }
        }
        Poll::Ready(Ok(()))
    }

    /// What was written since this was last asked.
    pub(crate) fn written(&mut self) -> Cost {
        std::mem::take(&mut self.written)
    }

    /// Gives back what is left, the first frame without what is written of it.
    pub(super) fn stop(&mut self) -> VecDeque<Entry> {
        if self.offset > 0
            && let Some(first) = self.batch.front_mut()
        {
            self.written += first.cost();
            first.begin(std::mem::take(&mut self.offset));
            self.written -= first.cost();
        }
        std::mem::take(&mut self.batch)
    }

    fn gather<T>(&self, write: impl FnOnce(&[IoSlice<'_>]) -> T) -> T {
        if self.batch.len() == 1
            && let [only, [], []] = self.batch[0].frame.slices()
        {
            return write(&[IoSlice::new(&only[self.offset..])]);
        }
        let mut slices = [IoSlice::new(&[]); SLICES];
        let mut skip = self.offset;
        let rest = self.batch.iter().flat_map(|entry| entry.frame.slices()).map(|slice| {
            let skipped = skip.min(slice.len());
            skip -= skipped;
            &slice[skipped..]
        });
        let mut count = 0;
        for (place, slice) in slices.iter_mut().zip(rest.filter(|slice| !slice.is_empty())) {
            *place = IoSlice::new(slice);
            count += 1;
        }
        write(&slices[..count])
    }

    fn advance(&mut self, sent: usize) {
        self.offset += sent;
        while let Some(entry) = self.batch.front()
            && entry.frame.len() <= self.offset
        {
            self.offset -= entry.frame.len();
            self.written += entry.cost();
            self.batch.pop_front();
        }
    }
}

const _: () = assert!(SLICES >= Frame::SLICES, "a frame fits into one write");

#[cfg(test)]
mod tests;
