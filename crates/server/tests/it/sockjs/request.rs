//! Requests whose answers are read as they come.

use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long a line may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// An answer of which the head has come.
pub(super) struct Answer {
    stream: BufReader<TcpStream>,
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    /// What came of the body and was not read as a line.
    body: Vec<u8>,
    over: bool,
}

/// Sends a request over a connection of its own.
pub(super) async fn request(base: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let address = base.trim_start_matches("http://");
    let mut stream = BufReader::new(TcpStream::connect(address).await.unwrap());
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    let text = format!("{method} {path} HTTP/1.1\r\nhost: x\r\n{headers}content-length: {length}\r\n\r\n{body}");
    stream.get_mut().write_all(text.as_bytes()).await.unwrap();
    let status = line(&mut stream).await.split(' ').nth(1).unwrap().parse().unwrap();
    let mut headers = Vec::new();
    while let Some((name, value)) = line(&mut stream).await.split_once(": ") {
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    Answer { stream, status, headers, body: Vec::new(), over: false }
}

async fn line(stream: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    timeout(PATIENCE, stream.read_line(&mut line)).await.expect("no line came").unwrap();
    line.trim_end().to_owned()
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    /// The next line of the body that is not empty; `None` at its end.
    pub(super) async fn line(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.body.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.body.drain(..=end).collect();
                let line = String::from_utf8(line).unwrap();
                if !line.trim_end().is_empty() {
                    return Some(line.trim_end().to_owned());
                }
            } else if self.over {
                return None;
            } else {
                self.more().await;
            }
        }
    }

    /// The whole body.
    pub(super) async fn text(mut self) -> String {
        while !self.over {
            self.more().await;
        }
        String::from_utf8(self.body).unwrap()
    }

    async fn more(&mut self) {
        let chunked = self.header("transfer-encoding") == "chunked";
        let length = match chunked {
            true => usize::from_str_radix(&line(&mut self.stream).await, 16).unwrap(),
            false => self.header("content-length").parse().unwrap_or(0),
        };
        let mut piece = vec![0; length];
        timeout(PATIENCE, self.stream.read_exact(&mut piece)).await.expect("the body stopped").unwrap();
        self.body.extend(piece);
        if chunked && length > 0 {
            line(&mut self.stream).await;
        }
        self.over = !chunked || length == 0;
    }
}
