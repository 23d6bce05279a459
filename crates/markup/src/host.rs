//! Whether the host in an address is one that can be reached by name: by its top-level domain, as an IPv4 address, or
//! because the operator says so.

/// Top-level domains, one a line, sorted bytewise; in Unicode and in their ASCII form.
static TOP_LEVEL: &str = include_str!("../data/tlds.txt");

const LONGEST_NAME: usize = 255;
const LONGEST_LABEL: usize = 63;

/// Whether an address leads to a public host, an IPv4 address, `localhost`, or one of the operator's domains or a host
/// below it.
pub(crate) fn is_known(address: &str, custom: &[String]) -> bool {
    let Some(host) = host(address) else { return false };
    let own = |domain: &str| host.strip_suffix(domain).is_some_and(|above| above.is_empty() || above.ends_with('.'));
    is_ipv4(&host)
        || is_valid(&host) && (is_public(&host) || own("localhost") || custom.iter().any(|domain| own(domain)))
}

/// Whether a mail address is at a public host.
pub(crate) fn takes_mail(address: &str) -> bool {
    // A slash, question mark or hash sign ends the host wherever it stands, so such a name part leaves none.
    let at_host = !address.contains(['/', '?', '#']);
    at_host && host(&format!("//{address}")).is_some_and(|host| is_valid(&host) && is_public(&host))
}

/// Whether the text is an address of its own, with a scheme that a browser understands.
pub(crate) fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    let web = ["http", "https", "ws", "wss", "ftp"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    match rest.strip_prefix("//") {
        _ if !named => false,
        Some(rest) => is_authority(rest, web),
        None => !web,
    }
}

/// Whether what follows `//` starts with a host and a port that exist. On the web a host that ends in a number must be
/// an address.
fn is_authority(rest: &str, web: bool) -> bool {
    let end = rest.find(|c| matches!(c, '/' | '?' | '#') || web && c == '\\').unwrap_or(rest.len());
    let host = rest[..end].rsplit_once('@').map_or(&rest[..end], |(_, host)| host);
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let last = name.rsplit('.').next().unwrap_or_default();
    let number = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    let formed = !name.contains(['%', '^', '|', '[', ']', '<', '>']);
    let port_exists = port.is_empty() || port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    formed && port_exists && (!web || !number || name.split('.').all(|part| part.parse::<u8>().is_ok()))
}

/// The host in an address, in lower case.
fn host(address: &str) -> Option<String> {
    let rest = match address.strip_prefix("//") {
        Some(rest) => rest,
        None => after_scheme(address)?,
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let authority = &rest[..end];
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host).trim_end_matches('.');
    let shouted = host.contains(|c: char| c.is_ascii_uppercase());
    Some(if shouted { host.to_lowercase() } else { host.to_owned() })
}

/// What follows the scheme, if there is one. `:/` anywhere makes what stands before it one, well formed or not.
fn after_scheme(address: &str) -> Option<&str> {
    let Some((scheme, rest)) = address.split_once(":/") else { return Some(address) };
    let formed = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+'));
    formed.then(|| rest.trim_start_matches('/'))
}

fn is_ipv4(host: &str) -> bool {
    let digits = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    digits && (7..=15).contains(&host.len()) && host.matches('.').count() == 3 && !host.starts_with('.')
}

/// Whether a name is formed as names are: labels of letters, digits, hyphens and underscores.
fn is_valid(host: &str) -> bool {
    let formed = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b'-' | b'_' | b'.');
    let mut labels = host.split('.');
    let last = labels.next_back().unwrap_or_default();
    let inner = |label: &str| label.chars().count() <= LONGEST_LABEL && !label.ends_with(['-', '_']);
    host.chars().count() <= LONGEST_NAME
        && host.bytes().all(formed)
        && !host.is_empty()
        && !host.starts_with('-')
        && last.chars().count() <= LONGEST_LABEL
        && !last.ends_with('-')
        && labels.enumerate().all(|(at, label)| inner(label) && (at == 0 || !label.is_empty()))
}

fn is_public(host: &str) -> bool {
    is_top_level(host.rsplit_once('.').map_or(host, |(_, label)| label))
}

/// Looks a label up by halving the list, from line to line.
fn is_top_level(label: &str) -> bool {
    let (mut low, mut high) = (0, TOP_LEVEL.len());
    while low < high {
        let middle = (low + high) / 2;
        let bytes = TOP_LEVEL.as_bytes();
        let start = bytes[..middle].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let end = bytes[middle..].iter().position(|&byte| byte == b'\n').map_or(TOP_LEVEL.len(), |at| middle + at);
        match bytes[start..end].cmp(label.as_bytes()) {
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
            std::cmp::Ordering::Equal => return true,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_every_label_is_found() {
        let labels: Vec<&str> = TOP_LEVEL.lines().collect();
        assert!(labels.windows(2).all(|pair| pair[0].as_bytes() < pair[1].as_bytes()));
        assert!(labels.iter().all(|label| is_top_level(label)));
        assert!(
            ["", "co", "local", "zzzz", "c", "\u{10FFFF}", "aaa\naarp"]
                .iter()
                .all(|label| is_top_level(label) == (*label == "co"))
        );
    }

    #[test]
    fn knows_public_hosts_addresses_and_the_operators_own() {
        let own = ["intranet".to_owned()];
        for known in [
            "rocket.chat",
            "https://ROCKET.chat/x",
            "1.2.3.4",
            "localhost:3000",
            "http://wiki.intranet/",
            "//a.b.co.uk",
        ] {
            assert!(is_known(known, &own), "{known}");
        }
        for unknown in ["e.g", "main.rs.unknown", "http://wiki.extranet", "-a.com", "a_.com", "foo.com/a:/b", "x.com,y"]
        {
            assert!(!is_known(unknown, &own), "{unknown}");
        }
    }

    #[test]
    fn tells_addresses_of_their_own_from_bare_hosts() {
        assert!(is_url("https://a.com") && is_url("foo.com:80") && is_url("x+y://a"));
        assert!(
            !is_url("a.com") && !is_url("1.2.3.4:80") && !is_url("http://a.com:99999") && !is_url("http://999.1.1.1")
        );
    }
}
