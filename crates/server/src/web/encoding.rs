//! In which form a file is sent.

use http::HeaderMap;
use http::header::ACCEPT_ENCODING;

/// A form that files are kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

impl Encoding {
    /// From the smallest to the largest.
    pub(super) const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Plain];

    /// Its name in headers.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Plain => "identity",
        }
    }

    /// Whether the client takes it. What it did not name it takes by `*`; plain it takes unless it says otherwise.
    pub(super) fn is_taken(self, headers: &HeaderMap) -> bool {
        let named = |name: &str| offers(headers).find(|(offered, _)| offered.eq_ignore_ascii_case(name));
        let found = named(self.name()).or_else(|| named("*"));
        found.map_or(self == Self::Plain, |(_, taken)| taken)
    }
}

/// What a request says of encodings: the name, and whether it is wanted at all.
fn offers(headers: &HeaderMap) -> impl Iterator<Item = (&str, bool)> {
    let lists = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).map(|offer| {
        let mut parts = offer.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        (name, !parts.any(|parameter| parameter.strip_prefix("q=").is_some_and(|q| q.parse::<f64>() == Ok(0.0))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn taken(header: Option<&'static str>) -> Vec<&'static str> {
        let value = header.map(|header| (ACCEPT_ENCODING, HeaderValue::from_static(header)));
        let headers = HeaderMap::from_iter(value);
        Encoding::ALL.into_iter().filter(|one| one.is_taken(&headers)).map(Encoding::name).collect()
    }

    #[test]
    fn a_client_gets_what_it_takes() {
        assert_eq!(taken(None), ["identity"]);
        assert_eq!(taken(Some("gzip, deflate, br;q=0.9")), ["br", "gzip", "identity"]);
        assert_eq!(taken(Some("GZIP")), ["gzip", "identity"]);
        assert_eq!(taken(Some("br;q=0, *")), ["gzip", "identity"]);
        assert_eq!(taken(Some("br, *;q=0.0")), ["br"]);
        assert_eq!(taken(Some("")), ["identity"]);
    }
}
