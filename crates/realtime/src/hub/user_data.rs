//! What a user's own clients are told when the account changes: `userData`.

use gantry_chat::Chat;
use gantry_chat::presence::Shown;
use gantry_model::event::UserChange;
use gantry_model::{User, UserId};
use serde_json::{Map, Value, json};

/// The fields of an account that may have changed, by the names that clients keep them under.
pub(super) fn diff(chat: &Chat, user: &User, what: UserChange) -> Map<String, Value> {
    let fields = match what {
        UserChange::Status => json!({
            "status": chat.state().presence().status(&user.id).word(),
            "statusDefault": user.status_default.word(),
            "statusText": user.status_text,
        }),
        UserChange::Names => json!({ "username": user.username, "name": user.name }),
        UserChange::Roles => json!({ "roles": user.roles }),
        UserChange::Active => json!({ "active": user.active }),
        UserChange::Preferences => json!({ "settings.preferences": user.preferences }),
        UserChange::Other => json!({
            "emails": user.emails,
            "bio": user.profile.bio,
            "nickname": user.profile.nickname,
            "language": user.profile.language,
            "utcOffset": user.profile.utc_offset,
            "customFields": user.profile.custom_fields,
            "avatarETag": user.profile.avatar_etag,
            "requirePasswordChange": user.profile.require_password_change,
        }),
    };
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// What others see of the user, as the user's own clients are told.
pub(super) fn of_shown(shown: &Shown) -> Map<String, Value> {
    Map::from_iter([("status".into(), shown.status.word().into()), ("statusText".into(), shown.text.as_str().into())])
}

/// The event's argument. What is not there any more is unset.
pub(super) fn event(uid: &UserId, diff: &Map<String, Value>) -> String {
    let (unset, set): (Map<_, _>, Map<_, _>) = diff.clone().into_iter().partition(|(_, value)| value.is_null());
    let unset: Map<_, _> = unset.into_iter().map(|(key, _)| (key, 1.into())).collect();
    json!({ "type": "updated", "id": uid, "diff": set, "unset": unset }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_is_unset() {
        let Value::Object(diff) = json!({"bio": null, "nickname": "Annie"}) else { panic!() };
        let event: Value = serde_json::from_str(&event(&UserId::new("U"), &diff)).unwrap();
        let expected = json!({"type": "updated", "id": "U", "diff": {"nickname": "Annie"}, "unset": {"bio": 1}});
        assert_eq!(event, expected);
    }
}
