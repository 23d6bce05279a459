//! Who is at the other end.

use http::HeaderMap;
use http::header::{FORWARDED, HOST, HeaderName, HeaderValue, ORIGIN, VIA};
use std::net::{IpAddr, SocketAddr};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Headers by which a proxy shows itself.
const TRACES: [HeaderName; 7] = [
    X_FORWARDED_FOR,
    FORWARDED,
    VIA,
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-forwarded-proto"),
    HeaderName::from_static("x-forwarded-server"),
    HeaderName::from_static("x-real-ip"),
];

/// How many proxies in front are trusted to have appended the address they saw to `X-Forwarded-For`
/// (`HTTP_FORWARDED_COUNT`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proxies(pub u8);

/// Who sent a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// The other end of the connection.
    pub addr: SocketAddr,
    /// The client's address: the connection's, or what the trusted proxies say.
    pub client_ip: IpAddr,
    /// Whether somebody at this machine talks to us directly: connection and `Host` are loopback, no header tells of a
    /// proxy, and it is no other machine's page that makes a browser here ask.
    pub loopback_direct: bool,
}

impl Peer {
    /// Reads the headers of a request that came over the connection from `addr`.
    pub fn of(addr: SocketAddr, headers: &HeaderMap, proxies: Proxies) -> Self {
        let own = addr.ip().to_canonical();
        Self {
            addr,
            client_ip: proxies.client(headers).unwrap_or(own),
            loopback_direct: own.is_loopback() && !proxied(headers) && local_host(headers) && local_page(headers),
        }
    }

    /// Whether the client is at this machine or in a private network and no header tells of a proxy.
    pub fn is_local(&self, headers: &HeaderMap) -> bool {
        private(self.addr.ip().to_canonical()) && !proxied(headers)
    }
}

impl Proxies {
    /// The entry that the farthest trusted proxy appended. Fewer entries than proxies means that the request did not
    /// come through all of them, and then none is believed; nor is an entry that is no address.
    fn client(self, headers: &HeaderMap) -> Option<IpAddr> {
        let behind = usize::from(self.0.checked_sub(1)?);
        let lines = headers.get_all(X_FORWARDED_FOR).iter().rev();
        let entry = lines.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b',')).nth(behind)?;
        address(std::str::from_utf8(entry).ok()?.trim())
    }
}

/// An entry is an address; some proxies add the port.
fn address(entry: &str) -> Option<IpAddr> {
    let bare = entry.parse().or_else(|_| entry.parse::<SocketAddr>().map(|socket| socket.ip()));
    let bracketed = || entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    bare.ok().or_else(bracketed).map(|ip: IpAddr| ip.to_canonical())
}

fn proxied(headers: &HeaderMap) -> bool {
    TRACES.iter().any(|name| headers.contains_key(name))
}

fn local_host(headers: &HeaderMap) -> bool {
    headers.get(HOST).and_then(|host| host.to_str().ok()).is_some_and(is_local_name)
}

/// Browsers say which page asks; what is no browser says nothing.
fn local_page(headers: &HeaderMap) -> bool {
    let is_local = |origin: &HeaderValue| {
        let authority = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
        authority.is_some_and(|(_, authority)| is_local_name(authority))
    };
    headers.get_all(ORIGIN).iter().all(is_local)
}

fn is_local_name(authority: &str) -> bool {
    let authority = authority.parse::<http::uri::Authority>();
    authority.is_ok_and(|authority| {
        let name = authority.host();
        name.eq_ignore_ascii_case("localhost") || address(name).is_some_and(|ip| ip.is_loopback())
    })
}

fn private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    fn client(hops: u8, forwarded: &[&str]) -> String {
        let mut all = HeaderMap::new();
        for line in forwarded {
            all.append(X_FORWARDED_FOR, line.parse().unwrap());
        }
        Peer::of("10.0.0.9:5".parse().unwrap(), &all, Proxies(hops)).client_ip.to_string()
    }

    #[test]
    fn believes_as_many_proxies_as_told_counted_from_the_right() {
        assert_eq!(client(0, &["1.1.1.1"]), "10.0.0.9");
        assert_eq!(client(1, &["6.6.6.6, 1.1.1.1"]), "1.1.1.1");
        assert_eq!(client(2, &["6.6.6.6, 1.1.1.1, 2.2.2.2"]), "1.1.1.1");
        assert_eq!(client(2, &["6.6.6.6, 1.1.1.1", "2.2.2.2"]), "1.1.1.1");
    }

    #[test]
    fn believes_nothing_that_is_short_or_no_address() {
        assert_eq!(client(2, &["1.1.1.1"]), "10.0.0.9");
        assert_eq!(client(1, &[]), "10.0.0.9");
        assert_eq!(client(1, &["1.1.1.1, unknown"]), "10.0.0.9");
        assert_eq!(client(1, &["1.1.1.1,"]), "10.0.0.9");
    }

    #[test]
    fn reads_ports_brackets_and_mapped_addresses() {
        assert_eq!(client(1, &["1.1.1.1:443"]), "1.1.1.1");
        assert_eq!(client(1, &["[2001:db8::1]:443"]), "2001:db8::1");
        assert_eq!(client(1, &["[2001:db8::1]"]), "2001:db8::1");
        assert_eq!(client(1, &["::ffff:1.1.1.1"]), "1.1.1.1");
    }

    #[test]
    fn loopback_is_direct_only_without_a_proxy_and_by_a_local_name() {
        let direct = |addr: &str, pairs: &[(&'static str, &str)]| {
            Peer::of(addr.parse().unwrap(), &headers(pairs), Proxies(0)).loopback_direct
        };
        assert!(direct("127.0.0.1:5", &[("host", "localhost:3000")]));
        assert!(direct("[::ffff:127.0.0.1]:5", &[("host", "127.0.0.1")]));
        assert!(direct("[::1]:5", &[("host", "[::1]:3000")]));
        assert!(!direct("127.0.0.1:5", &[("host", "chat.example.org")]));
        assert!(!direct("127.0.0.1:5", &[]));
        assert!(!direct("127.0.0.1:5", &[("host", "localhost"), ("x-forwarded-for", "8.8.8.8")]));
        assert!(!direct("10.0.0.9:5", &[("host", "localhost")]));
    }

    #[test]
    fn a_page_of_another_machine_is_not_at_this_one() {
        let direct = |origin: &str| {
            let headers = headers(&[("host", "localhost:3000"), ("origin", origin)]);
            Peer::of("127.0.0.1:5".parse().unwrap(), &headers, Proxies(0)).loopback_direct
        };
        assert!(direct("http://localhost:3000") && direct("http://127.0.0.1:5173") && direct("http://[::1]:3000"));
        for elsewhere in ["https://evil.example", "http://localhost.evil.example", "null", "http://"] {
            assert!(!direct(elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn private_networks_are_local_unless_proxied() {
        let local = |addr: &str, pairs: &[(&'static str, &str)]| {
            let all = headers(pairs);
            Peer::of(addr.parse().unwrap(), &all, Proxies(1)).is_local(&all)
        };
        assert!(local("10.0.0.9:5", &[]));
        assert!(local("[fd00::1]:5", &[]));
        assert!(!local("8.8.8.8:5", &[]));
        assert!(!local("127.0.0.1:5", &[("x-forwarded-for", "127.0.0.1")]));
    }
}
