//! Bytes that need not be HTTP.

use super::{PATIENCE, Rest};
use serde_json::Value;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// What came back for raw bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawAnswer(pub Vec<u8>);

impl RawAnswer {
    /// The status, when the server answered at all.
    pub fn status(&self) -> Option<u16> {
        self.text().split(' ').nth(1)?.parse().ok()
    }

    /// Everything as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }

    /// The body as JSON; `null` when it is none.
    pub fn json(&self) -> Value {
        let text = self.text();
        let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        serde_json::from_str(body).unwrap_or_default()
    }
}

impl Rest {
    /// A connection to the server, for tests that write slowly, stop half-way, or say what no client says.
    pub async fn wire(&self) -> TcpStream {
        let address = self.base().trim_start_matches("http://");
        TcpStream::connect(address).await.unwrap_or_else(|error| panic!("no connection to {address}: {error}"))
    }

    /// Sends bytes as they are, and gives back what came until the server closed or said nothing for `quiet`.
    ///
    /// A server that hangs up while it is still being written to is no failure: what it said before counts.
    pub async fn raw(&self, bytes: &[u8], quiet: Duration) -> RawAnswer {
        let (mut from, mut to) = self.wire().await.into_split();
        let write = async {
            let _hung_up = to.write_all(bytes).await;
            to
        };
        let read = async {
            let mut answer = Vec::new();
            let mut chunk = vec![0; 16 * 1024];
            while let Ok(Ok(length @ 1..)) = timeout(quiet, from.read(&mut chunk)).await {
                answer.extend_from_slice(&chunk[..length]);
            }
            answer
        };
        let (_to, answer) = timeout(PATIENCE, async { tokio::join!(write, read) })
            .await
            .unwrap_or_else(|_| panic!("the server neither answered nor hung up within {PATIENCE:?}"));
        RawAnswer(answer)
    }
}
