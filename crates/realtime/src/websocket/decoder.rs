//! From the client's bytes to its messages.

use super::header::ClientHeader;
use super::mask::unmask;
use super::{Close, Opcode, Violation};
use std::borrow::Cow;

/// What a client said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A whole text message; borrowed from the input when it came in one piece.
    Text(Cow<'a, str>),
    /// A ping, to be answered with its payload.
    Ping(Cow<'a, [u8]>),
    /// The answer to a ping.
    Pong,
    /// The end, with the client's code when it gave one. Nothing may follow it.
    Close(Option<Close>),
}

/// One step of decoding.
#[derive(Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// How many bytes of the input it took.
    pub consumed: usize,
    /// What they completed; `None` when all of the input was taken and more must come.
    pub event: Option<Event<'a>>,
}

/// Decodes one client's frames. Sixteen bytes while nothing is incomplete.
#[derive(Debug)]
pub struct Decoder {
    message_bytes: u32,
    fragments: u32,
    partial: Option<Box<Partial>>,
}

/// What is held between two inputs.
#[derive(Debug, Default)]
struct Partial {
    /// The bytes of a header that has not come whole.
    head: Head,
    /// The frame whose payload is coming, and how much of it came.
    frame: Option<(ClientHeader, u64)>,
    control: Vec<u8>,
    message: Option<Message>,
}

#[derive(Debug, Default)]
struct Head {
    bytes: [u8; ClientHeader::LONGEST],
    len: usize,
}

/// A text message of which pieces are missing.
#[derive(Debug, Default)]
struct Message {
    bytes: Vec<u8>,
    frames: u32,
}

impl Decoder {
    /// A decoder that refuses messages above `message_bytes`, or of more than `fragments` frames.
    pub fn new(message_bytes: u32, fragments: u32) -> Self {
        Self { message_bytes, fragments, partial: None }
    }

    /// Refuses messages above `message_bytes` from the next frame on.
    pub fn allow(&mut self, message_bytes: u32) {
        self.message_bytes = message_bytes;
    }

    /// Whether bytes of an unfinished frame or message are held.
    pub fn is_mid_message(&self) -> bool {
        self.partial.is_some()
    }

    /// Takes from `input` what makes one event, or all of it. The input is unmasked in place.
    ///
    /// After a violation or a close the decoder must not be used again.
    pub fn next<'a>(&mut self, input: &'a mut [u8]) -> Result<Step<'a>, Violation> {
        if self.partial.is_none()
            && let Some((header, end)) = self.whole_frame(input)?
        {
            let payload = &mut input[end - header.len as usize..end];
            unmask(payload, header.mask, 0);
            return Ok(Step { consumed: end, event: Some(event(header.opcode, Cow::Borrowed(payload))?) });
        }
        self.piecewise(input)
    }

    /// The header of a frame that lies in `input` whole and is a message by itself, and where the frame ends.
    fn whole_frame(&self, input: &[u8]) -> Result<Option<(ClientHeader, usize)>, Violation> {
        let Some((header, start)) = ClientHeader::parse(input)? else { return Ok(None) };
        self.check(&header, None)?;
        let there = header.fin && header.len <= (input.len() - start) as u64;
        Ok(there.then(|| (header, start + header.len as usize)))
    }

    /// Whether `header` may come after the pieces of `message`.
    fn check(&self, header: &ClientHeader, message: Option<&Message>) -> Result<(), Violation> {
        if header.opcode.is_control() {
            return Ok(());
        }
        let (bytes, frames) = match (header.opcode, message) {
            (Opcode::Continuation, None) => return Err(Violation::Continuation),
            (Opcode::Continuation, Some(message)) => (message.bytes.len() as u64, message.frames),
            (_, Some(_)) => return Err(Violation::Interleaved),
            (_, None) => (0, 0),
        };
        match () {
            () if header.len > u64::from(self.message_bytes).saturating_sub(bytes) => Err(Violation::TooBig),
            () if frames >= self.fragments => Err(Violation::TooManyFragments),
            () => Ok(()),
        }
    }

    /// The way of everything that does not come in one piece.
    fn piecewise<'a>(&mut self, input: &mut [u8]) -> Result<Step<'a>, Violation> {
        let mut partial = self.partial.take().unwrap_or_default();
        let mut consumed = 0;
        let mut event = None;
        while event.is_none() && consumed < input.len() {
            consumed += match partial.frame {
                None => self.take_head(&mut partial, &input[consumed..])?,
                Some(_) => partial.take_payload(&mut input[consumed..]),
            };
            event = partial.finish()?;
        }
        self.partial = partial.holds_something().then_some(partial);
        Ok(Step { consumed, event })
    }

    /// Takes bytes of a header, and the frame is there once the header is.
    fn take_head(&self, partial: &mut Partial, input: &[u8]) -> Result<usize, Violation> {
        let had = partial.head.len;
        let taken = partial.head.fill(input);
        let Some((header, size)) = ClientHeader::parse(partial.head.as_bytes())? else { return Ok(taken) };
        self.check(&header, partial.message.as_ref())?;
        partial.begin(header);
        Ok(size - had)
    }
}

impl Head {
    fn fill(&mut self, input: &[u8]) -> usize {
        let taken = input.len().min(self.bytes.len() - self.len);
        self.bytes[self.len..self.len + taken].copy_from_slice(&input[..taken]);
        self.len += taken;
        taken
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

impl Partial {
    fn begin(&mut self, header: ClientHeader) {
        self.head.len = 0;
        self.frame = Some((header, 0));
        if !header.opcode.is_control() {
            self.message.get_or_insert_default().frames += 1;
        }
    }

    /// Takes payload of the frame at hand. Memory grows with what came, never with what a header promises.
    fn take_payload(&mut self, input: &mut [u8]) -> usize {
        let Some((header, got)) = &mut self.frame else { return 0 };
        let taken = input.len().min((header.len - *got) as usize);
        unmask(&mut input[..taken], header.mask, (*got % 4) as usize);
        *got += taken as u64;
        match &mut self.message {
            Some(message) if !header.opcode.is_control() => message.bytes.extend_from_slice(&input[..taken]),
            _ => self.control.extend_from_slice(&input[..taken]),
        }
        taken
    }

    /// What the frame at hand makes, when it is complete.
    fn finish<'a>(&mut self) -> Result<Option<Event<'a>>, Violation> {
        let Some((header, _)) = self.frame.take_if(|(header, got)| *got == header.len) else { return Ok(None) };
        if header.opcode.is_control() {
            return event(header.opcode, Cow::Owned(std::mem::take(&mut self.control))).map(Some);
        }
        match self.message.take_if(|_| header.fin) {
            Some(message) => event(Opcode::Text, Cow::Owned(message.bytes)).map(Some),
            None => Ok(None),
        }
    }

    fn holds_something(&self) -> bool {
        self.head.len > 0 || self.frame.is_some() || self.message.is_some()
    }
}

fn event(opcode: Opcode, payload: Cow<'_, [u8]>) -> Result<Event<'_>, Violation> {
    Ok(match opcode {
        Opcode::Text | Opcode::Continuation => Event::Text(text(payload)?),
        Opcode::Ping => Event::Ping(payload),
        Opcode::Pong => Event::Pong,
        Opcode::Close => Event::Close(Close::parse(&payload)?),
    })
}

fn text(payload: Cow<'_, [u8]>) -> Result<Cow<'_, str>, Violation> {
    match payload {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| Violation::Utf8),
        Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).map_err(|_| Violation::Utf8),
    }
}

#[cfg(test)]
mod tests;
