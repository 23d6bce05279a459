//! A WebSocket by hand: it says what no library says, and reads only when it is told to.

use gantry_testkit::Login;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// How long anything may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// What this side's system holds of what is not read: as little as it can, so that the server has to.
const HELD_HERE: u32 = 4096;

pub(crate) struct Wire {
    stream: TcpStream,
    unread: Vec<u8>,
    /// The head of the server's answer.
    pub(crate) head: String,
}

/// One frame of the server's.
#[derive(Debug, PartialEq)]
pub(crate) enum Heard {
    Text(Value),
    Pong(Vec<u8>),
    Close(u16),
    /// The connection is gone.
    Nothing,
}

/// A frame as a client sends it; the mask is zero. `first`: the byte with `fin`, reserved bits and kind.
pub(crate) fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        short @ ..126 => frame.push(0x80 | u8::try_from(short).unwrap()),
        middle if u16::try_from(middle).is_ok() => {
            frame.push(0xfe);
            frame.extend(u16::try_from(middle).unwrap().to_be_bytes());
        }
        long => {
            frame.push(0xff);
            frame.extend(u64::try_from(long).unwrap().to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

/// A whole text message.
pub(crate) fn text(text: &str) -> Vec<u8> {
    frame(0x81, text.as_bytes())
}

pub(crate) fn address(base: &str) -> SocketAddr {
    base.trim_start_matches("http://").parse().unwrap()
}

/// The beginning of a WebSocket; `headers` are more lines, each with its end.
pub(crate) fn upgrade(headers: &str) -> String {
    format!(
        "GET /websocket HTTP/1.1\r\nhost: a\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n"
    )
}

impl Wire {
    /// Asks for a WebSocket; what came of it stands in [`Wire::head`].
    pub(crate) async fn open(base: &str, headers: &str) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(HELD_HERE).unwrap();
        let mut stream = socket.connect(address(base)).await.unwrap();
        stream.set_nodelay(true).unwrap();
        stream.write_all(upgrade(headers).as_bytes()).await.unwrap();
        let mut wire = Self { stream, unread: Vec::new(), head: String::new() };
        while !wire.unread.windows(4).any(|end| end == b"\r\n\r\n") && wire.more().await {}
        let end = wire.unread.windows(4).position(|end| end == b"\r\n\r\n").map_or(wire.unread.len(), |at| at + 4);
        wire.head = String::from_utf8_lossy(&wire.unread.drain(..end).collect::<Vec<_>>()).into_owned();
        wire
    }

    /// Opens a WebSocket and shakes hands.
    pub(crate) async fn connect(base: &str, headers: &str) -> Self {
        let mut wire = Self::open(base, headers).await;
        assert!(wire.head.starts_with("HTTP/1.1 101"), "{}", wire.head);
        wire.say(&json!({ "msg": "connect", "version": "1", "support": ["1"] })).await;
        wire.wait(|frame| frame["msg"] == "connected").await;
        wire
    }

    /// As [`Wire::connect`], and logs in.
    pub(crate) async fn logged_in(base: &str, headers: &str, login: &Login) -> Self {
        let mut wire = Self::connect(base, headers).await;
        let result = wire.call("login", json!([{ "resume": login.token }])).await;
        assert_eq!(result["result"]["id"], login.id.as_str(), "{result}");
        wire
    }

    /// Sends bytes; whether the server still takes them.
    pub(crate) async fn send(&mut self, bytes: &[u8]) -> bool {
        let sent = timeout(PATIENCE, self.stream.write_all(bytes)).await;
        sent.expect("the server reads, or hangs up").is_ok()
    }

    /// Sends bytes unless the server takes none for `patience`; whether it took them.
    pub(crate) async fn send_if_taken(&mut self, bytes: &[u8], patience: Duration) -> bool {
        timeout(patience, self.stream.write_all(bytes)).await.is_ok_and(|sent| sent.is_ok())
    }

    /// Sends a DDP message.
    pub(crate) async fn say(&mut self, message: &Value) -> bool {
        self.send(&text(&message.to_string())).await
    }

    /// Calls a method and waits for its `result`.
    pub(crate) async fn call(&mut self, method: &str, params: Value) -> Value {
        self.say(&json!({ "msg": "method", "method": method, "id": "call", "params": params })).await;
        self.wait(|frame| frame["msg"] == "result" && frame["id"] == "call").await
    }

    /// Subscribes to an event and waits until that stands.
    pub(crate) async fn stream(&mut self, stream: &str, event: &str) {
        self.say(&json!({ "msg": "sub", "id": event, "name": stream, "params": [event, false] })).await;
        self.wait(|frame| frame["msg"] == "ready" && frame["subs"][0] == event).await;
    }

    /// Waits for a message, and lets go of what comes before.
    pub(crate) async fn wait(&mut self, right: impl Fn(&Value) -> bool) -> Value {
        loop {
            match self.hear().await {
                Heard::Text(frame) if right(&frame) => return frame,
                Heard::Text(_) | Heard::Pong(_) => {}
                end => panic!("the connection ended before what was waited for: {end:?}"),
            }
        }
    }

    /// Reads until the connection ends; the code of the server's goodbye, if it said one.
    pub(crate) async fn end(&mut self) -> Option<u16> {
        loop {
            match self.hear().await {
                Heard::Close(code) => return Some(code),
                Heard::Nothing => return None,
                Heard::Text(_) | Heard::Pong(_) => {}
            }
        }
    }

    /// The next frame.
    pub(crate) async fn hear(&mut self) -> Heard {
        loop {
            if let Some(heard) = self.take() {
                return heard;
            }
            if !self.more().await {
                return Heard::Nothing;
            }
        }
    }

    /// Reads what there is, and waits if there is nothing; whether the connection goes on.
    async fn more(&mut self) -> bool {
        let read = timeout(PATIENCE, self.stream.read_buf(&mut self.unread)).await;
        matches!(read.expect("the server says something, or hangs up"), Ok(1..))
    }

    /// A frame that was read whole.
    fn take(&mut self) -> Option<Heard> {
        let [first, second] = *self.unread.first_chunk()?;
        let (start, length) = match second {
            127 => (10, usize::try_from(u64::from_be_bytes(*self.unread.get(2..)?.first_chunk()?)).unwrap()),
            126 => (4, usize::from(u16::from_be_bytes(*self.unread.get(2..)?.first_chunk()?))),
            short => (2, usize::from(short)),
        };
        let payload = self.unread.get(start..start + length)?.to_vec();
        self.unread.drain(..start + length);
        Some(match first {
            0x81 => Heard::Text(serde_json::from_slice(&payload).unwrap()),
            0x8a => Heard::Pong(payload),
            0x88 => Heard::Close(payload.first_chunk().map_or(1005, |code| u16::from_be_bytes(*code))),
            other => panic!("a frame of kind {other:x}"),
        })
    }
}
