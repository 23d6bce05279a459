//! The header of a frame: a client's read, a server's written.

use super::Violation;

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opcode {
    /// The next piece of a message.
    Continuation = 0,
    /// A text message, or its first piece.
    Text = 1,
    /// The end of the connection.
    Close = 8,
    /// A question whether the other side is there.
    Ping = 9,
    /// The answer to a ping.
    Pong = 10,
}

impl Opcode {
    /// The opcodes that are taken from clients.
    fn parse(bits: u8) -> Result<Self, Violation> {
        match bits {
            0 => Ok(Self::Continuation),
            1 => Ok(Self::Text),
            2 => Err(Violation::Binary),
            8 => Ok(Self::Close),
            9 => Ok(Self::Ping),
            10 => Ok(Self::Pong),
            _ => Err(Violation::Opcode),
        }
    }

    /// Whether such a frame may stand between the pieces of a message.
    pub(super) fn is_control(self) -> bool {
        matches!(self, Self::Close | Self::Ping | Self::Pong)
    }
}

/// The header of a client's frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ClientHeader {
    pub(super) fin: bool,
    pub(super) opcode: Opcode,
    pub(super) mask: [u8; 4],
    pub(super) len: u64,
}

impl ClientHeader {
    /// The longest header: two bytes, a 64-bit length, a mask.
    pub(super) const LONGEST: usize = 14;
    /// The longest payload of a control frame.
    const CONTROL_BYTES: u64 = 125;

    /// Reads the header at the start of `bytes` and says how long it is; `None` when there is not enough yet.
    ///
    /// What its first two bytes forbid is refused without waiting for the rest.
    pub(super) fn parse(bytes: &[u8]) -> Result<Option<(Self, usize)>, Violation> {
        let Some((&[first, second], rest)) = bytes.split_first_chunk() else { return Ok(None) };
        let (fin, opcode) = Self::first(first)?;
        let Some((len, rest)) = Self::length(second, rest)? else { return Ok(None) };
        if opcode.is_control() && (!fin || len > Self::CONTROL_BYTES) {
            return Err(Violation::Control);
        }
        let Some((&mask, rest)) = rest.split_first_chunk() else { return Ok(None) };
        Ok(Some((Self { fin, opcode, mask, len }, bytes.len() - rest.len())))
    }

    fn first(byte: u8) -> Result<(bool, Opcode), Violation> {
        if byte & 0x70 != 0 {
            return Err(Violation::ReservedBit);
        }
        Ok((byte & 0x80 != 0, Opcode::parse(byte & 0x0f)?))
    }

    fn length(byte: u8, rest: &[u8]) -> Result<Option<(u64, &[u8])>, Violation> {
        if byte & 0x80 == 0 {
            return Err(Violation::Unmasked);
        }
        let read = match byte & 0x7f {
            126 => rest.split_first_chunk().map(|(len, rest)| (u64::from(u16::from_be_bytes(*len)), rest, 126)),
            127 => rest.split_first_chunk().map(|(len, rest)| (u64::from_be_bytes(*len), rest, 0x1_0000)),
            short => Some((u64::from(short), rest, 0)),
        };
        match read {
            Some((len, _, least)) if len < least || len > i64::MAX as u64 => Err(Violation::Length),
            read => Ok(read.map(|(len, rest, _)| (len, rest))),
        }
    }
}

/// The header of a server's unfragmented frame.
#[derive(Clone, Copy, Debug)]
pub struct ServerHeader {
    bytes: [u8; Self::LONGEST],
    len: usize,
}

impl ServerHeader {
    /// The longest header: two bytes and a 64-bit length.
    pub const LONGEST: usize = 10;

    /// The header for `payload` bytes.
    pub fn new(opcode: Opcode, payload: usize) -> Self {
        let mut header = Self { bytes: [0; Self::LONGEST], len: 0 };
        header.put(&[0x80 | opcode as u8]);
        match payload {
            0..126 => header.put(&[payload as u8]),
            126..0x1_0000 => header.put(&[126]).put(&(payload as u16).to_be_bytes()),
            _ => header.put(&[127]).put(&(payload as u64).to_be_bytes()),
        };
        header
    }

    /// The size of the header that `frame` begins with.
    pub(crate) fn size_of(frame: &[u8]) -> usize {
        match frame.get(1) {
            Some(126) => 4,
            Some(127) => Self::LONGEST,
            _ => 2,
        }
    }

    fn put(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes[self.len..self.len + bytes.len()].copy_from_slice(bytes);
        self.len += bytes.len();
        self
    }

    /// Its bytes as they are sent.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MASK: [u8; 4] = [1, 2, 3, 4];

    fn parse(parts: &[&[u8]]) -> Result<Option<(ClientHeader, usize)>, Violation> {
        ClientHeader::parse(&parts.concat())
    }

    #[test]
    fn reads_the_three_forms_of_length() {
        let read = |parts: &[&[u8]]| parse(parts).map(|read| read.map(|(header, size)| (header.len, size)));
        assert_eq!(read(&[&[0x81, 0x85], &MASK]), Ok(Some((5, 6))));
        assert_eq!(read(&[&[0x81, 0xfe, 1, 0], &MASK]), Ok(Some((256, 8))));
        assert_eq!(read(&[&[0x81, 0xff, 0, 0, 0, 0, 0, 1, 0, 0], &MASK]), Ok(Some((65536, 14))));
    }

    #[test]
    fn waits_for_what_is_missing() {
        let whole = [[0x81, 0xff, 0, 0, 0, 0, 0, 1, 0, 0].as_slice(), &MASK].concat();
        for end in 0..whole.len() {
            assert_eq!(ClientHeader::parse(&whole[..end]), Ok(None), "{end}");
        }
    }

    #[test]
    fn refuses_before_the_rest_has_come() {
        for (bytes, violation) in [
            ([0xc1, 0x85], Violation::ReservedBit),
            ([0x91, 0x85], Violation::ReservedBit),
            ([0x82, 0x85], Violation::Binary),
            ([0x83, 0x85], Violation::Opcode),
            ([0x8b, 0x85], Violation::Opcode),
            ([0x81, 0x05], Violation::Unmasked),
            ([0x09, 0x85], Violation::Control),
        ] {
            assert_eq!(parse(&[&bytes]), Err(violation), "{bytes:x?}");
        }
        assert_eq!(parse(&[&[0x89, 0xfe, 0, 126]]), Err(Violation::Control));
        assert_eq!(parse(&[&[0x81, 0xfe, 0, 125]]), Err(Violation::Length));
        assert_eq!(parse(&[&[0x81, 0xff, 0, 0, 0, 0, 0, 0, 255, 255]]), Err(Violation::Length));
        assert_eq!(parse(&[&[0x81, 0xff, 128, 0, 0, 0, 0, 0, 0, 0]]), Err(Violation::Length));
    }

    #[test]
    fn writes_the_shortest_form() {
        let written = |len| ServerHeader::new(Opcode::Text, len).as_bytes().to_vec();
        for len in [0, 125, 126, 65535, 65536] {
            assert_eq!(ServerHeader::size_of(&written(len)), written(len).len());
        }
        assert_eq!(written(0), [0x81, 0]);
        assert_eq!(written(125), [0x81, 125]);
        assert_eq!(written(126), [0x81, 126, 0, 126]);
        assert_eq!(written(65535), [0x81, 126, 255, 255]);
        assert_eq!(written(65536), [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
    }
}
