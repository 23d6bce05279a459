//! Just enough of HTTP/1.1: one connection, one request at a time.

use crate::Result;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// Whose calls they are: user id and token.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    pub id: String,
    pub token: String,
}

pub struct Http {
    stream: BufReader<TcpStream>,
}

impl Http {
    pub async fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// A call of `/api/v1/<path>`; its answer, if that is a success.
    pub async fn call(&mut self, who: &Identity, path: &str, body: Option<&Value>) -> Result<Value> {
        let verb = if body.is_some() { "POST" } else { "GET" };
        let text = body.map(Value::to_string).unwrap_or_default();
        let Identity { id, token } = who;
        let identity =
            if id.is_empty() { String::new() } else { format!("x-user-id: {id}\r\nx-auth-token: {token}\r\n") };
        let request = format!(
            "{verb} /api/v1/{path} HTTP/1.1\r\nhost: bench\r\n{identity}content-type: application/json\r\ncontent-length: {}\r\n\r\n{text}",
            text.len()
        );
        self.stream.write_all(request.as_bytes()).await?;
        let (status, body) = self.answer().await?;
        match status {
            200 => Ok(serde_json::from_slice(&body)?),
            _ => Err(format!("{path}: {status} {}", String::from_utf8_lossy(&body)).into()),
        }
    }

    async fn answer(&mut self) -> Result<(u16, Vec<u8>)> {
        let (mut status, mut length, mut line) = (0, 0, String::new());
        loop {
            line.clear();
            if self.stream.read_line(&mut line).await? == 0 {
                return Err("the server closed the connection".into());
            }
            match line.trim_end().split_once([' ', ':']) {
                Some((_, rest)) if line.starts_with("HTTP/1.1 ") => status = rest[..3].parse()?,
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse()?,
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok((status, body))
    }
}
