//! A client that says exactly what it is told to, byte by byte.

use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

pub(crate) struct Client {
    pub(crate) reader: Reader,
    pub(crate) writer: Writer,
}

pub(crate) struct Reader(OwnedReadHalf);

pub(crate) struct Writer(OwnedWriteHalf);

pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

impl Writer {
    /// Whether the server still took it.
    pub(crate) async fn try_send(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).await.is_ok()
    }
}

impl Reader {
    /// The next answer, its body by `content-length`; nothing when the connection ends first.
    pub(crate) async fn answer(&mut self) -> Option<Answer> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(self.0.read_u8().await.ok()?);
        }
        let head = String::from_utf8(head).unwrap();
        let mut lines = head.trim_end().split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let pair = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let mut answer = Answer { status, headers: lines.filter_map(pair).collect(), body: String::new() };
        let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await.ok()?;
        answer.body = String::from_utf8(body).unwrap();
        Some(answer)
    }
}

impl Client {
    pub(crate) async fn connect(addr: SocketAddr) -> Self {
        let (reader, writer) = TcpStream::connect(addr).await.unwrap().into_split();
        Self { reader: Reader(reader), writer: Writer(writer) }
    }

    /// A connection that the server has room for again.
    pub(crate) async fn connect_until_served(addr: SocketAddr) -> Self {
        loop {
            let mut client = Self::connect(addr).await;
            if client.try_get("/", "").await.is_some_and(|answer| answer.status == 200) {
                return client;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub(crate) async fn send(&mut self, bytes: &[u8]) {
        assert!(self.writer.try_send(bytes).await, "the server closed the connection");
    }

    pub(crate) async fn get(&mut self, path: &str, headers: &str) -> Answer {
        self.try_get(path, headers).await.unwrap()
    }

    /// As [`Self::get`]; nothing when the connection ends first.
    pub(crate) async fn try_get(&mut self, path: &str, headers: &str) -> Option<Answer> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n");
        self.writer.try_send(request.as_bytes()).await;
        self.answer().await
    }

    pub(crate) async fn answer(&mut self) -> Option<Answer> {
        self.reader.answer().await
    }

    /// Everything until the server closes; a reset counts as closing.
    pub(crate) async fn rest(&mut self) -> String {
        let mut bytes = Vec::new();
        let _ = self.reader.0.read_to_end(&mut bytes).await;
        String::from_utf8_lossy(&bytes).into_owned()
    }
}
