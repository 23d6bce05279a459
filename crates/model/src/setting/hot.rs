//! The settings that are asked for on every request or message, in their own types.

use super::Settings;
use crate::{Notify, RoleId};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// Which messages raise a room's unread number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnreadCount {
    /// All of them.
    #[default]
    AllMessages,
    /// Those that name the reader.
    UserMentions,
    /// Those that name everybody.
    GroupMentions,
    /// Those that name the reader or everybody.
    UserAndGroupMentions,
}

impl UnreadCount {
    fn read(text: &str) -> Self {
        match text {
            "user_mentions_only" => Self::UserMentions,
            "group_mentions_only" => Self::GroupMentions,
            "user_and_group_mentions_only" | "mentions_only" => Self::UserAndGroupMentions,
            _ => Self::AllMessages,
        }
    }

    /// Whether a message that names the reader counts.
    pub fn counts_user_mentions(self) -> bool {
        self != Self::GroupMentions
    }

    /// Whether a message that names everybody counts.
    pub fn counts_group_mentions(self) -> bool {
        self != Self::UserMentions
    }

    /// Whether a message that names nobody counts.
    pub fn counts_all(self) -> bool {
        self == Self::AllMessages
    }
}

/// What holds for messages.
#[derive(Clone, Debug, Default)]
pub struct MessageSettings {
    /// The longest text, in characters.
    pub max_size: usize,
    /// Authors may edit.
    pub allow_editing: bool,
    /// For how long they may, in milliseconds; `None` = for ever.
    pub edit_within: Option<i64>,
    /// Authors may delete.
    pub allow_deleting: bool,
    /// For how long they may, in milliseconds; `None` = for ever.
    pub delete_within: Option<i64>,
    /// A deleted message leaves a mark in its room.
    pub show_deleted: bool,
    /// The largest room in which everybody may be named; `None` = any.
    pub max_all: Option<u64>,
    /// People may write to themselves.
    pub direct_to_self: bool,
    /// The most people in a direct room.
    pub direct_max_users: usize,
    /// Rooms carry their last message.
    pub store_last: bool,
    /// Unread numbers in channels and groups.
    pub unread: UnreadCount,
    /// Unread numbers in direct rooms.
    pub unread_direct: UnreadCount,
    /// Unread numbers in livechat rooms.
    pub unread_livechat: UnreadCount,
    /// System messages that clients hide everywhere.
    pub hidden_system: Vec<String>,
    /// Documents carry the real names of authors and members.
    pub real_names: bool,
}

impl MessageSettings {
    fn new(all: &Settings) -> Self {
        Self {
            max_size: size(all.int("Message_MaxAllowedSize")),
            allow_editing: all.bool("Message_AllowEditing"),
            edit_within: minutes(all.int("Message_AllowEditing_BlockEditInMinutes")),
            allow_deleting: all.bool("Message_AllowDeleting"),
            delete_within: minutes(all.int("Message_AllowDeleting_BlockDeleteInMinutes")),
            show_deleted: all.bool("Message_ShowDeletedStatus"),
            max_all: u64::try_from(all.int("Message_MaxAll")).ok().filter(|&limit| limit > 0),
            direct_to_self: all.bool("Message_AllowDirectMessagesToYourself"),
            direct_max_users: size(all.int("DirectMesssage_maxUsers")),
            store_last: all.bool("Store_Last_Message"),
            unread: UnreadCount::read(all.text("Unread_Count")),
            unread_direct: UnreadCount::read(all.text("Unread_Count_DM")),
            unread_livechat: UnreadCount::read(all.text("Unread_Count_Omni")),
            hidden_system: all.list("Hide_System_Messages").into_iter().map(str::to_owned).collect(),
            real_names: all.bool("UI_Use_Real_Name"),
        }
    }
}

/// What holds for calls of the API.
#[derive(Clone, Debug, Default)]
pub struct ApiSettings {
    /// Items of a page when the caller names no number.
    pub default_count: u32,
    /// The most items of a page.
    pub upper_count: u32,
    /// A caller may ask for all.
    pub infinite_count: bool,
    /// Calls are limited.
    pub rate_limit: bool,
    /// Calls of an endpoint that names no number of its own.
    pub rate_calls: u32,
    /// The window they are counted in, in milliseconds.
    pub rate_window: i64,
    /// Registrations in such a window.
    pub register_calls: u32,
    /// Origins whose pages may call (`*` = all); empty = none.
    pub cors_origins: Vec<String>,
}

impl ApiSettings {
    fn new(all: &Settings) -> Self {
        let origins = if all.bool("API_Enable_CORS") { all.list("API_CORS_Origin") } else { Vec::new() };
        Self {
            default_count: count(all.int("API_Default_Count"), 50),
            upper_count: count(all.int("API_Upper_Count_Limit"), 100),
            infinite_count: all.bool("API_Allow_Infinite_Count"),
            rate_limit: all.bool("API_Enable_Rate_Limiter"),
            rate_calls: count(all.int("API_Enable_Rate_Limiter_Limit_Calls_Default"), 10),
            rate_window: all.int("API_Enable_Rate_Limiter_Limit_Time_Default").max(1),
            register_calls: count(all.int("Rate_Limiter_Limit_RegisterUser"), 1),
            cors_origins: origins.into_iter().map(str::to_owned).collect(),
        }
    }
}

/// After how many wrong passwords logins stop for a while.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LoginBlocking {
    /// Wrong passwords until then.
    pub attempts: u32,
    /// How long, in milliseconds.
    pub block_for: i64,
}

/// What holds for accounts.
#[derive(Clone, Debug, Default)]
pub struct AccountSettings {
    /// The life of a login, in milliseconds.
    pub login_expires_after: i64,
    /// Roles of who registers.
    pub default_roles: Vec<RoleId>,
    /// Anybody may register.
    pub open_registration: bool,
    /// An administrator lets each of them in.
    pub approve_manually: bool,
    /// Blocking of one account.
    pub block_user: Option<LoginBlocking>,
    /// Blocking of one address.
    pub block_address: Option<LoginBlocking>,
    /// Addresses that are never blocked.
    pub never_blocked: Vec<String>,
    /// Nobody's presence is told.
    pub presence_hidden: bool,
}

impl AccountSettings {
    fn new(all: &Settings) -> Self {
        Self {
            login_expires_after: all.int("Accounts_LoginExpiration").saturating_mul(DAY),
            default_roles: all.list("Accounts_Registration_Users_Default_Roles").iter().map(RoleId::new).collect(),
            open_registration: all.text("Accounts_RegistrationForm") == "Public",
            approve_manually: all.bool("Accounts_ManuallyApproveNewUsers"),
            block_user: blocking(
                all,
                "Block_Multiple_Failed_Logins_By_User",
                "Block_Multiple_Failed_Logins_Attempts_Until_Block_by_User",
                "Block_Multiple_Failed_Logins_Time_To_Unblock_By_User_In_Minutes",
            ),
            block_address: blocking(
                all,
                "Block_Multiple_Failed_Logins_By_Ip",
                "Block_Multiple_Failed_Logins_Attempts_Until_Block_By_Ip",
                "Block_Multiple_Failed_Logins_Time_To_Unblock_By_Ip_In_Minutes",
            ),
            never_blocked: all
                .list("Block_Multiple_Failed_Logins_Ip_Whitelist")
                .into_iter()
                .map(str::to_owned)
                .collect(),
            presence_hidden: all.bool("Presence_broadcast_disabled")
                || all.bool("Troubleshoot_Disable_Presence_Broadcast"),
        }
    }
}

/// What holds for notifications of messages.
#[derive(Clone, Debug, Default)]
pub struct NotificationSettings {
    /// Nobody is notified.
    pub off: bool,
    /// Of what people are notified on the desktop who said nothing about it.
    pub desktop: Option<Notify>,
    /// The largest room whose members are notified of every message; `None` = any.
    pub most_members: Option<i64>,
}

impl NotificationSettings {
    fn new(all: &Settings) -> Self {
        Self {
            off: all.bool("Troubleshoot_Disable_Notifications"),
            desktop: Notify::from_word(all.text("Accounts_Default_User_Preferences_desktopNotifications")),
            most_members: Some(all.int("Notifications_Max_Room_Members")).filter(|&most| most > 0),
        }
    }
}

/// The settings that are asked for most, kept beside [`Settings`] in their own types.
#[derive(Clone, Debug, Default)]
pub struct Hot {
    /// Where this server is reached, without a slash at the end.
    pub site_url: String,
    /// Given and taken roles are told to everybody.
    pub display_roles: bool,
    /// What holds for messages.
    pub message: MessageSettings,
    /// What holds for calls of the API.
    pub api: ApiSettings,
    /// What holds for accounts.
    pub accounts: AccountSettings,
    /// What holds for notifications of messages.
    pub notifications: NotificationSettings,
}

impl Hot {
    pub(super) fn new(all: &Settings) -> Self {
        Self {
            site_url: all.text("Site_Url").to_owned(),
            display_roles: all.bool("UI_DisplayRoles"),
            message: MessageSettings::new(all),
            api: ApiSettings::new(all),
            accounts: AccountSettings::new(all),
            notifications: NotificationSettings::new(all),
        }
    }
}

fn blocking(all: &Settings, enabled: &str, attempts: &str, minutes: &str) -> Option<LoginBlocking> {
    let on = all.bool("Block_Multiple_Failed_Logins_Enabled") && all.bool(enabled);
    on.then(|| LoginBlocking {
        attempts: count(all.int(attempts), 1),
        block_for: all.int(minutes).saturating_mul(MINUTE),
    })
}

/// A number of minutes as milliseconds; 0 = no limit.
fn minutes(number: i64) -> Option<i64> {
    (number > 0).then(|| number.saturating_mul(MINUTE))
}

/// A positive number, or what holds in its place.
fn count(number: i64, otherwise: u32) -> u32 {
    u32::try_from(number).ok().filter(|&count| count > 0).unwrap_or(otherwise)
}

fn size(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{SettingBase, SettingChange};
    use super::*;
    use crate::{Millis, SettingId};
    use serde_json::{Value, json};

    fn hot(changes: &[(&str, Value)]) -> Hot {
        let change = |value: &Value| SettingChange { value: value.clone(), editor: None, updated_at: Millis(2) };
        let stored = changes.iter().map(|(id, value)| (SettingId::new(id), change(value)));
        Settings::new(SettingBase::new(Millis(1)), stored).hot().clone()
    }

    #[test]
    fn defaults_are_those_of_the_protocol() {
        let hot = hot(&[]);
        assert_eq!((hot.message.max_size, hot.message.direct_max_users), (5000, 8));
        assert_eq!(hot.message.unread, UnreadCount::UserAndGroupMentions);
        assert_eq!(hot.message.unread_direct, UnreadCount::AllMessages);
        assert_eq!((hot.api.default_count, hot.api.upper_count, hot.api.infinite_count), (50, 100, true));
        assert_eq!((hot.api.rate_calls, hot.api.rate_window), (10, 60_000));
        assert_eq!(hot.accounts.login_expires_after, 90 * DAY);
        assert_eq!(hot.accounts.default_roles, ["user"]);
        assert_eq!(hot.accounts.block_user, Some(LoginBlocking { attempts: 10, block_for: 5 * MINUTE }));
        assert_eq!((hot.message.max_all, hot.message.edit_within), (None, None));
        assert!(hot.api.cors_origins.is_empty());
        let of = &hot.notifications;
        assert_eq!((of.off, of.desktop, of.most_members), (false, Some(Notify::All), Some(100)));
    }

    #[test]
    fn follows_what_is_changed() {
        let hot = hot(&[
            ("Unread_Count_DM", json!("mentions_only")),
            ("Message_AllowEditing_BlockEditInMinutes", json!(2)),
            ("Message_MaxAll", json!(30)),
            ("API_Upper_Count_Limit", json!(0)),
            ("API_Enable_CORS", json!(true)),
            ("Block_Multiple_Failed_Logins_By_Ip", json!(false)),
            ("Notifications_Max_Room_Members", json!(0)),
            ("Troubleshoot_Disable_Presence_Broadcast", json!(true)),
        ]);
        assert_eq!(hot.message.unread_direct, UnreadCount::UserAndGroupMentions);
        assert_eq!((hot.message.edit_within, hot.message.max_all), (Some(120_000), Some(30)));
        assert_eq!(hot.api.upper_count, 100);
        assert_eq!(hot.api.cors_origins, ["*"]);
        assert_eq!((hot.accounts.block_address, hot.accounts.presence_hidden), (None, true));
        assert_eq!(hot.notifications.most_members, None);
    }

    #[test]
    fn what_counts_as_unread() {
        let table = [
            ("all_messages", [true, true, true]),
            ("user_mentions_only", [true, false, false]),
            ("group_mentions_only", [false, true, false]),
            ("user_and_group_mentions_only", [true, true, false]),
        ];
        for (text, expected) in table {
            let one = UnreadCount::read(text);
            let got = [one.counts_user_mentions(), one.counts_group_mentions(), one.counts_all()];
            assert_eq!(got, expected, "{text}");
        }
    }
}
