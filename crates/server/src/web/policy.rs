//! What a page of the client may do, and who may put a frame around it: by the settings of now.

use gantry_model::Settings;
use http::header::{
    CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};

/// Nothing of what a page could ask for; the client asks for none of it.
const PERMISSIONS: &str = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

/// The security headers of a page that was asked for at `host`.
pub(super) fn headers(settings: &Settings, host: Option<&str>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let frames = Frames::read(settings);
    let own = settings.bool("Enable_CSP").then(|| content(settings, host));
    let policy: Vec<String> = own.into_iter().chain(frames.policy()).collect();
    if let Ok(policy) = HeaderValue::from_str(&policy.join("; "))
        && !policy.is_empty()
    {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    if let Some(word) = frames.word() {
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static(word));
    }
    headers
}

/// What may be loaded from where. Pictures come from anywhere: messages show those of other servers.
fn content(settings: &Settings, host: Option<&str>) -> String {
    let more: String = sources(settings.text("Extra_CSP_Domains")).map(|source| format!(" {source}")).collect();
    // Not every browser takes a socket to the page's own server for one to 'self'.
    let sockets =
        host.filter(|host| is_host(host)).map(|host| format!(" ws://{host} wss://{host}")).unwrap_or_default();
    format!(
        "default-src 'self'{more}; script-src 'self'{more}; style-src 'self'{more}; font-src 'self'{more}; \
         img-src 'self' data: blob: https: http:; media-src 'self' data: blob:{more}; \
         connect-src 'self'{sockets}{more}; object-src 'none'; base-uri 'self'; form-action 'self'"
    )
}

/// The addresses that an administrator adds. Only what can be an address: no keyword, and nothing that begins another
/// directive.
fn sources(text: &str) -> impl Iterator<Item = &str> {
    let is_source =
        |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || ".-_~:/*%[]".contains(c));
    text.split(|c: char| c.is_whitespace() || c == ',').filter(is_source)
}

/// The header `Host` is what the client says; a policy is no place for more than a name and a port.
fn is_host(host: &str) -> bool {
    !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-_:[]".contains(c))
}

/// Who may put a frame around a page.
#[derive(Debug, PartialEq, Eq)]
enum Frames {
    Anybody,
    Nobody,
    Own,
    /// The page's own server, and these.
    These(Vec<String>),
}

impl Frames {
    /// `Iframe_X_Frame_Options` has the words of the old header, in any case; what cannot be read allows no stranger.
    fn read(settings: &Settings) -> Self {
        if !settings.bool("Iframe_Restrict_Access") {
            return Self::Anybody;
        }
        let words = settings.text("Iframe_X_Frame_Options").trim().to_ascii_lowercase();
        match (words.as_str(), words.strip_prefix("allow-from")) {
            ("deny", _) => Self::Nobody,
            (_, Some(rest)) => Self::These(sources(rest).map(str::to_owned).collect()),
            _ => Self::Own,
        }
    }

    fn policy(&self) -> Option<String> {
        match self {
            Self::Anybody => None,
            Self::Nobody => Some("frame-ancestors 'none'".into()),
            Self::Own => Some("frame-ancestors 'self'".into()),
            Self::These(origins) => Some(format!("frame-ancestors 'self' {}", origins.join(" ")).trim_end().into()),
        }
    }

    /// The same for browsers that know the old header alone; it has no word for other servers.
    fn word(&self) -> Option<&'static str> {
        match self {
            Self::Anybody | Self::These(_) => None,
            Self::Nobody => Some("DENY"),
            Self::Own => Some("SAMEORIGIN"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::{Millis, SettingBase, SettingChange};
    use serde_json::{Value, json};

    fn with<const N: usize>(changes: [(&str, Value); N]) -> HeaderMap {
        let change = |value| Some(SettingChange { value, editor: None, updated_at: Millis(1) });
        let start = Settings::new(SettingBase::new(Millis(0)), []);
        let settings = changes.into_iter().fold(start, |all, (id, value)| all.with(id, change(value)));
        headers(&settings, Some("chat.example:3000"))
    }

    fn policy(headers: &HeaderMap) -> &str {
        headers.get(CONTENT_SECURITY_POLICY).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    #[test]
    fn a_page_loads_its_own_alone() {
        let headers = with([]);
        assert!(policy(&headers).starts_with("default-src 'self'; script-src 'self'; style-src 'self'; "));
        assert!(policy(&headers).contains("connect-src 'self' ws://chat.example:3000 wss://chat.example:3000; "));
        assert!(policy(&headers).contains("object-src 'none'; base-uri 'self'; form-action 'self'; "));
        assert!(!policy(&headers).contains("unsafe"));
    }

    #[test]
    fn frames_follow_their_settings() {
        let frames = |options: &str| {
            let headers = with([("Iframe_X_Frame_Options", json!(options))]);
            let ancestors = policy(&headers).rsplit_once("frame-ancestors ").map(|(_, rest)| rest.to_owned());
            (ancestors.unwrap_or_default(), headers.get(X_FRAME_OPTIONS).cloned())
        };
        let word = |word| Some(HeaderValue::from_static(word));
        assert_eq!(frames("sameorigin"), ("'self'".into(), word("SAMEORIGIN")));
        assert_eq!(frames("DENY"), ("'none'".into(), word("DENY")));
        assert_eq!(frames("Allow-From https://a.b;x https://c.d"), ("'self' https://c.d".into(), None));
        assert_eq!(frames("allow-from https://a.b"), ("'self' https://a.b".into(), None));
        assert_eq!(frames("whoever"), ("'self'".into(), word("SAMEORIGIN")));
        let open = with([("Iframe_Restrict_Access", json!(false))]);
        assert!(!policy(&open).contains("frame-ancestors") && !open.contains_key(X_FRAME_OPTIONS));
    }

    #[test]
    fn an_administrator_adds_addresses_and_nothing_else() {
        let added = "https://cdn.example, *.b.example\n'unsafe-inline' x;script-src";
        let headers = with([("Extra_CSP_Domains", json!(added))]);
        assert!(
            policy(&headers).contains("script-src 'self' https://cdn.example *.b.example; "),
            "{}",
            policy(&headers)
        );
    }

    #[test]
    fn without_a_policy_frames_are_still_kept_out() {
        assert_eq!(policy(&with([("Enable_CSP", json!(false))])), "frame-ancestors 'self'");
    }

    #[test]
    fn a_host_that_is_none_is_not_repeated() {
        let settings = Settings::new(SettingBase::new(Millis(0)), []);
        let headers = headers(&settings, Some("a; script-src *"));
        assert!(policy(&headers).contains("connect-src 'self'; "));
    }
}
