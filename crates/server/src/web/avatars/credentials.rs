//! Who asks for a picture: an element of a page sends cookies, a program headers.

use gantry_model::UserId;
use http::HeaderMap;
use http::header::COOKIE;
use percent_encoding::percent_decode_str;

/// A user's id and token: of the cookies, else of the headers.
pub(super) fn of(headers: &HeaderMap) -> Option<(UserId, String)> {
    let cookies = cookie(headers, "rc_uid").zip(cookie(headers, "rc_token"));
    let (uid, token) = cookies.or_else(|| header(headers, "x-user-id").zip(header(headers, "x-auth-token")))?;
    Some((UserId::new(uid), token))
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lists = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = lists.flat_map(|list| list.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    let (_, value) = cookies.find(|(own, value)| *own == name && !value.is_empty())?;
    percent_decode_str(value).decode_utf8().ok().map(|value| value.into_owned())
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue};

    fn who<const N: usize>(headers: [(&'static str, &'static str); N]) -> Option<(String, String)> {
        let pair = |(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value));
        of(&headers.into_iter().map(pair).collect()).map(|(uid, token)| (uid.to_string(), token))
    }

    #[test]
    fn cookies_come_before_headers() {
        let headers = [("x-user-id", "h"), ("x-auth-token", "ht")];
        assert_eq!(who(headers), Some(("h".into(), "ht".into())));
        let [id, token] = headers;
        assert_eq!(who([("cookie", "a=b; rc_uid=c; rc_token=c%2Bt"), id, token]), Some(("c".into(), "c+t".into())));
        assert_eq!(who([("cookie", "rc_uid=c"), id, token]), Some(("h".into(), "ht".into())));
        assert_eq!((who([("cookie", "rc_uid=c; rc_token=")]), who([id])), (None, None));
    }
}
