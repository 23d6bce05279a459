//! Which picture an address asks for.

use gantry_chat::avatars::Subject;
use gantry_model::{RoomId, UserId};
use http::Uri;
use percent_encoding::percent_decode_str;

/// The edge of a picture in pixels: what is drawn unless asked otherwise, and what may be asked for.
const USUAL: u32 = 200;
const SMALLEST: u32 = 16;
const LARGEST: u32 = 1024;

/// Nobody has a longer name, and no room a longer id.
const LONGEST: usize = 255;

/// Endings that clients put behind a name.
const FORMATS: [&str; 4] = [".svg", ".png", ".jpg", ".jpeg"];

/// What a request asks for.
pub(super) struct Asked {
    pub(super) subject: Subject,
    pub(super) size: u32,
    /// Who asks, as the query says.
    pub(super) credentials: Option<(UserId, String)>,
}

impl Asked {
    /// Reads an address; nothing when no picture can be there.
    pub(super) fn read(uri: &Uri) -> Option<Self> {
        let path = uri.path().strip_prefix("/avatar/")?;
        let subject = match path.split_once('/') {
            None => Subject::Username(name(path)?),
            Some(("uid", id)) => Subject::User(UserId::new(name(id)?)),
            Some(("room", id)) => Subject::Room(RoomId::new(name(id)?)),
            Some(_) => return None,
        };
        let query = uri.query().unwrap_or_default();
        let size = parameter(query, "size").and_then(|size| size.parse().ok());
        let credentials = parameter(query, "rc_uid").zip(parameter(query, "rc_token"));
        Some(Self {
            subject,
            size: size.unwrap_or(USUAL).clamp(SMALLEST, LARGEST),
            credentials: credentials.map(|(uid, token)| (UserId::new(uid), token)),
        })
    }
}

/// A name without the ending of a file.
fn name(part: &str) -> Option<String> {
    let name = percent_decode_str(part).decode_utf8().ok()?;
    let bare = FORMATS.iter().find_map(|format| name.strip_suffix(format)).unwrap_or(&name);
    (!bare.is_empty() && bare.len() <= LONGEST).then(|| bare.to_owned())
}

fn parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(own, _)| *own == name)?;
    let value = percent_decode_str(value).decode_utf8().ok()?;
    (!value.is_empty()).then(|| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(uri: &'static str) -> Option<Asked> {
        Asked::read(&Uri::from_static(uri))
    }

    fn subject(uri: &'static str) -> Option<Subject> {
        asked(uri).map(|asked| asked.subject)
    }

    #[test]
    fn addresses_of_pictures() {
        let user = |name: &str| Some(Subject::Username(name.into()));
        assert_eq!(subject("/avatar/ann"), user("ann"));
        assert_eq!(subject("/avatar/ann.lee.jpg?_dc=0"), user("ann.lee"));
        assert_eq!(subject("/avatar/%C3%A4%2Fb.svg?format=png"), user("ä/b"));
        assert_eq!(subject("/avatar/@Ann"), user("@Ann"));
        assert_eq!(subject("/avatar/room"), user("room"));
        assert_eq!(subject("/avatar/uid/U1"), Some(Subject::User(UserId::new("U1"))));
        assert_eq!(subject("/avatar/room/R1.png"), Some(Subject::Room(RoomId::new("R1"))));
        for nothing in ["/avatar/", "/avatar/.png", "/avatar/%ff", "/avatar/room/", "/avatar/a/b", "/other"] {
            assert_eq!(subject(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn sizes_have_bounds() {
        let size = |uri| asked(uri).map(|asked| asked.size);
        assert_eq!(size("/avatar/a?etag=1&size=36"), Some(36));
        assert_eq!((size("/avatar/a?size=9999"), size("/avatar/a?size=1")), (Some(1024), Some(16)));
        assert_eq!((size("/avatar/a?size=-5"), size("/avatar/a?size=big")), (Some(200), Some(200)));
    }

    #[test]
    fn a_query_says_who_asks() {
        let who = |uri| asked(uri).and_then(|asked| asked.credentials);
        assert_eq!(who("/avatar/a?rc_token=t%2B1&rc_uid=u"), Some((UserId::new("u"), "t+1".into())));
        assert_eq!((who("/avatar/a?rc_uid=u"), who("/avatar/a?rc_uid=&rc_token=t")), (None, None));
    }
}
