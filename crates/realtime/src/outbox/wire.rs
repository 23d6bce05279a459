//! The socket of a connection, for its task and for those who send to very many at once.

use rustix::net::{SendFlags, Shutdown, send, shutdown};
use std::io::{self, IoSlice};
use std::sync::OnceLock;
use std::task::{Context, Poll, ready};
use tokio::net::TcpStream;

/// Where a connection is written to, and read from; nothing for a client without a socket of its own.
///
/// It lies in the outbox itself: a message for thousands meets thousands of sockets whose memory nobody has touched for
/// a while, and each place it must look at costs about as much as a tenth of the write.
#[derive(Debug, Default)]
pub(super) struct Wire(OnceLock<TcpStream>);

impl Wire {
    /// Gives it its socket, once.
    pub(super) fn attach(&self, stream: TcpStream) {
        let _ = self.0.set(stream);
    }

    fn stream(&self) -> io::Result<&TcpStream> {
        self.0.get().ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    /// Writes what the socket takes right now. The runtime is not asked whether it takes anything: its socket's task
    /// finds that out where something is left for it.
    pub(super) fn write_now(&self, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let stream = self.stream()?;
        let written = match slices {
            [only] => send(stream, only, SendFlags::NOSIGNAL),
            several => rustix::io::writev(stream, several),
        };
        match written {
            Err(rustix::io::Errno::WOULDBLOCK) => Poll::Pending,
            written => Poll::Ready(written.map_err(io::Error::from)),
        }
    }

    /// Writes what the socket takes; has the task woken when it takes more.
    pub(super) fn poll_write(&self, cx: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let stream = self.stream()?;
        loop {
            // Mostly one message waits: the plain call is the cheaper one.
            let written = match slices {
                [only] => stream.try_write(only),
                several => stream.try_write_vectored(several),
            };
            match written {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => ready!(stream.poll_write_ready(cx))?,
                written => return Poll::Ready(written),
            }
        }
    }

    /// Reads what is there; has the task woken when more is. No bytes: the client has closed.
    pub(super) fn poll_read(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        let stream = self.stream()?;
        loop {
            match stream.try_read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => ready!(stream.poll_read_ready(cx))?,
                read => return Poll::Ready(read),
            }
        }
    }

    /// Nothing more will be written; the client is told so.
    pub(super) fn finish(&self) {
        self.shut(Shutdown::Write);
    }

    /// Nothing more will be written or read, though the outbox may live on a little.
    pub(super) fn close(&self) {
        self.shut(Shutdown::Both);
    }

    fn shut(&self, how: Shutdown) {
        if let Ok(stream) = self.stream() {
            // It fails where the client has gone.
            let _ = shutdown(stream, how);
        }
    }
}
