//! The listening socket.

#[cfg(target_os = "linux")]
use socket2::SockRef;
use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};

/// Connections that the kernel keeps waiting for us; it cuts this to its own maximum (`net.core.somaxconn`).
const BACKLOG: i32 = 4096;

/// After this long without an acknowledgement of what was sent, the kernel gives a connection up: it is what ends
/// clients that stop reading, without a timer of ours.
const UNACKNOWLEDGED: Duration = Duration::from_secs(30);

/// Open files that are not connections: the database, logs, sockets of our own.
const OTHER_FILES: u64 = 256;

/// A bound socket.
#[derive(Debug)]
pub struct Listener(TcpListener);

impl Listener {
    /// Binds `address:port`; port 0 takes a free one. `::` also takes IPv4, and falls back to `0.0.0.0` on a machine
    /// without IPv6.
    ///
    /// # Errors
    /// The port is taken, or may not be used.
    pub fn bind(address: IpAddr, port: u16) -> io::Result<Self> {
        match bound(SocketAddr::new(address, port)) {
            Err(error) if address.is_ipv6() && address.is_unspecified() && lacks_ipv6(&error) => {
                bound(SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), port))
            }
            result => result,
        }
        .map(Self)
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The socket's own.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }

    pub(super) async fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        let (stream, addr) = self.0.accept().await?;
        tune(&stream);
        Ok((stream, addr))
    }
}

/// Both can only fail on a connection that is gone already, which its first read will tell.
fn tune(stream: &TcpStream) {
    let _ = stream.set_nodelay(true);
    #[cfg(target_os = "linux")]
    let _ = SockRef::from(stream).set_tcp_user_timeout(Some(UNACKNOWLEDGED));
}

fn bound(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if address.is_ipv6() {
        socket.set_only_v6(false)?;
    }
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    TcpListener::from_std(socket.into())
}

fn lacks_ipv6(error: &io::Error) -> bool {
    let codes = [rustix::io::Errno::AFNOSUPPORT, rustix::io::Errno::ADDRNOTAVAIL].map(rustix::io::Errno::raw_os_error);
    error.raw_os_error().is_some_and(|code| codes.contains(&code))
}

/// Raises the limit of open files as far as the system lets us, and returns how many connections it leaves room for.
pub fn raise_open_files() -> u32 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let now = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: now.maximum, maximum: now.maximum });
    let files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    u32::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(u32::MAX).max(1)
}
