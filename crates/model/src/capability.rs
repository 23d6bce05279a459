//! What a chat server may do and this one does not do yet.
//!
//! The server claims only what it does: a setting, licence module, stream or command that switches something on in a
//! client is tied to a [`Capability`] and stays off, and cannot be turned on, until the capability is in [`BUILT`].
//! Building a feature ends with adding it there; the settings, tied in `data/settings.tsv`, then follow their defaults.

use crate::{Error, Result};
use serde_json::json;

/// What this version does. Everything else is reported as off.
pub const BUILT: &[Capability] = &[
    Capability::DeleteOwnAccount,
    Capability::DirectMessageOversight,
    Capability::Favorites,
    Capability::MessageCustomFields,
    Capability::ProfileChange,
    Capability::SetupWizard,
];

macro_rules! capabilities {
    ($($(#[$doc:meta])* $name:ident $title:literal [$($module:literal),*];)*) => {
        /// A feature that settings, modules and commands depend on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Capability {
            $($(#[$doc])* $name,)*
        }

        impl Capability {
            /// Every capability, in the order of its declaration.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name in data files (`FileUpload`).
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// Reads [`name`](Self::name).
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $(stringify!($name) => Some(Self::$name),)* _ => None }
            }

            /// What it is, in the words of a sentence: `file upload`.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// The licence modules that clients ask for before they offer it.
            pub fn modules(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($module),*],)* }
            }
        }
    };
}

capabilities! {
    /// Rules on who may see a room by attributes of the user.
    Abac "attribute-based access" ["abac"];
    /// Reading and writing without an account.
    AnonymousAccess "access without an account" [];
    /// Reading what others wrote, for an audit.
    Auditing "message auditing" ["auditing"];
    /// Translation of messages.
    AutoTranslate "automatic translation" ["auto-translate"];
    /// Uploaded pictures of users.
    Avatars "changing avatars" [];
    /// Replacing listed words in messages.
    BadWords "the filter of bad words" [];
    /// Calendars of other programs.
    Calendar "calendar integration" ["outlook-calendar"];
    /// Reports to a vendor: statistics, registration, update checks, surveys. Nothing leaves the machine here.
    CallHome "reporting to a vendor" [];
    /// Traces of calls in the log by setting.
    CallTracing "tracing of calls by setting" [];
    /// Stored answers of agents.
    CannedResponses "canned responses" ["canned-responses"];
    /// Login through CAS.
    Cas "CAS login" [];
    /// Swatches for colours in messages.
    ColorPreview "colour previews" [];
    /// Login through Atlassian Crowd.
    Crowd "Crowd login" [];
    /// Exports of one's own data.
    DataDownload "the download of one's own data" [];
    /// Deleting one's own account.
    DeleteOwnAccount "deleting one's own account" [];
    /// Lists of a user's devices.
    DeviceManagement "device management" ["device-management"];
    /// Administrators reading direct messages of others.
    DirectMessageOversight "reading direct messages of others" [];
    /// Rooms under a room.
    Discussions "discussions" [];
    /// End-to-end encryption.
    E2e "end-to-end encryption" [];
    /// An encrypted session inside the transport.
    Ecdh "the encrypted session" [];
    /// Earlier texts of edited messages.
    EditHistory "the history of edits" [];
    /// Sending and reading mail.
    Email "email" [];
    /// Looking up mail domains in DNS.
    EmailDomainCheck "the check of mail domains" [];
    /// Other servers' users and rooms.
    Federation "federation" ["federation"];
    /// Favourite rooms.
    Favorites "favourite rooms" [];
    /// Files in messages.
    FileUpload "file upload" [];
    /// Redirects from HTTP to HTTPS; a proxy in front does it.
    ForceSsl "the redirect to HTTPS" [];
    /// Login by a page in a frame.
    IframeLogin "login by a frame" [];
    /// A bridge to IRC.
    Irc "the IRC bridge" [];
    /// Formulas in messages.
    Katex "formulas" [];
    /// Login and synchronisation through LDAP.
    Ldap "LDAP" ["ldap-enterprise"];
    /// Previews of links.
    LinkPreviews "link previews" [];
    /// Customers writing to agents.
    Livechat "livechat" ["livechat-enterprise", "contact-id-verification"];
    /// Sharing one's location.
    LocationSharing "location sharing" [];
    /// Records of logins by setting.
    LoginLogs "the log of logins" [];
    /// Fields of their own in messages.
    MessageCustomFields "custom fields of messages" [];
    /// A port for metrics by setting; they are at `/metrics` here.
    MetricsPort "a port for metrics (see /metrics)" [];
    /// Login through other services.
    OAuth "login through other services" ["oauth-enterprise"];
    /// Off-the-record conversations.
    Otr "off-the-record messages" [];
    /// Refusing former passwords.
    PasswordHistory "the history of passwords" [];
    /// Pinned messages.
    Pinning "pinned messages" [];
    /// Changing one's own name, email and password.
    ProfileChange "changing one's own profile" [];
    /// Notifications to phones.
    Push "push notifications" ["push-privacy"];
    /// Who has read a message.
    ReadReceipts "read receipts" ["message-read-receipt"];
    /// Deleting old messages by rule.
    Retention "retention rules" [];
    /// Login through SAML.
    Saml "SAML login" ["saml-enterprise"];
    /// Search across all rooms.
    Search "search across rooms" [];
    /// The page that sets a new server up.
    SetupWizard "the setup wizard" [];
    /// Badges for other pages.
    Shields "badges" [];
    /// A bridge to Slack.
    SlackBridge "the Slack bridge" [];
    /// Archiving for Smarsh.
    Smarsh "the Smarsh archive" [];
    /// Text messages by phone.
    Sms "SMS" [];
    /// Starred messages.
    Starring "starred messages" [];
    /// Views of threads.
    Threads "threads" [];
    /// A second factor at login.
    TwoFactor "two-factor authentication" [];
    /// Video conferences.
    VideoConference "video conferences" ["videoconference-enterprise"];
    /// Voice calls.
    VoiceCalls "voice calls" ["teams-voip"];
    /// Files on WebDAV servers.
    Webdav "WebDAV" [];
    /// Calls from browser to browser.
    WebRtc "WebRTC calls" [];
}

const _: () = assert!(Capability::ALL.len() <= u64::BITS as usize, "Capabilities is a set of 64 bits");

/// A set of capabilities: those that are on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities(u64);

impl Capabilities {
    /// Nothing is on.
    pub const fn none() -> Self {
        Self(0)
    }

    /// What this version does: [`BUILT`].
    pub fn built() -> Self {
        BUILT.iter().fold(Self::none(), |set, &one| set.with(one))
    }

    /// The same set with one more.
    #[must_use]
    pub const fn with(self, capability: Capability) -> Self {
        Self(self.0 | 1 << capability as u8)
    }

    /// Whether it is on.
    pub const fn has(self, capability: Capability) -> bool {
        self.0 & 1 << capability as u8 != 0
    }

    /// The capabilities that are on.
    pub fn iter(self) -> impl Iterator<Item = Capability> {
        Capability::ALL.iter().copied().filter(move |&one| self.has(one))
    }

    /// What `license:getModules` answers: the modules of what is on.
    pub fn licence_modules(self) -> impl Iterator<Item = &'static str> {
        self.iter().flat_map(|one| one.modules().iter().copied())
    }

    /// Passes when it is on; else `error-action-not-allowed` with a sentence that names it.
    pub fn require(self, capability: Capability) -> Result<()> {
        if self.has(capability) { Ok(()) } else { Err(refusal(capability, "")) }
    }
}

/// The refusal of `what` (a sentence's start, or empty) that needs a capability which is off.
pub(crate) fn refusal(capability: Capability, what: &str) -> Error {
    let title = capability.title();
    let reason = match what {
        "" => format!("This server does not offer {title}"),
        _ => format!("{what}: this server does not offer {title}"),
    };
    Error::new("error-action-not-allowed", reason).with_details(json!({ "capability": capability.name() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for &one in Capability::ALL {
            assert_eq!(Capability::from_name(one.name()), Some(one));
            assert!(!one.title().is_empty());
        }
        assert_eq!(Capability::from_name("Telepathy"), None);
    }

    #[test]
    fn a_module_is_listed_only_with_its_capability() {
        assert_eq!(Capabilities::none().licence_modules().count(), 0);
        let on = Capabilities::none().with(Capability::Abac).with(Capability::WebRtc);
        assert_eq!(on.licence_modules().collect::<Vec<_>>(), ["abac"]);
        assert_eq!(on.iter().collect::<Vec<_>>(), [Capability::Abac, Capability::WebRtc]);
    }

    #[test]
    fn this_version_claims_what_is_built() {
        assert_eq!(Capabilities::built().iter().count(), BUILT.len());
    }

    #[test]
    fn a_refusal_names_what_is_missing() {
        let error = Capabilities::none().require(Capability::FileUpload).unwrap_err();
        assert_eq!(error.to_string(), "This server does not offer file upload [error-action-not-allowed]");
        assert!(Capabilities::none().with(Capability::FileUpload).require(Capability::FileUpload).is_ok());
    }
}
