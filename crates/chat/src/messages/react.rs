//! Reacting with an emoji.

use super::change::{held, write_back};
use super::emoji;
use crate::access::Found;
use crate::{Caller, rooms};
use gantry_model::{Error, Message, Permission, Reactions, Result, UserId};
use serde_json::json;

/// `details.method` of refusals.
const REACT: &str = "setReaction";
/// Different emoji on one message, at most.
const MOST_EMOJI: usize = 100;
/// Reactions on one message, at most.
const MOST: usize = 10_000;

/// Gives or takes back the caller's reaction to a message that was found: as `should` says, else the other of what is.
///
/// In order: the emoji is known (`error-not-allowed`); the caller can read the message's own room (`error-not-allowed`);
/// what is already so stays so; the message is there; the caller is not muted (`error-not-allowed`); the room is not read
/// only for the caller, unless it lets everybody react (a plain text); there is room for one more (`error-not-allowed`).
///
/// # Errors
/// As above.
pub async fn react(cx: &Caller, message: &Message, emoji: &str, should: Option<bool>) -> Result<()> {
    let unknown = || Error::new("error-not-allowed", "Invalid emoji provided.").in_method(REACT);
    let emoji = emoji::known(emoji).ok_or_else(unknown)?;
    let (rid, id) = (message.rid.clone(), message.id.clone());
    cx.write([rooms::key(&rid)], move |me, tx| {
        let (mut found, mut message) = held(me, tx, (&rid, &id), REACT)?;
        let reacted = has_reacted(&message.reactions, &emoji, me.id());
        if should == Some(reacted) {
            return Ok(());
        }
        may_react(me, &found, &message)?;
        if reacted {
            take_back(&mut message.reactions, &emoji, me.id());
        } else {
            give(&mut message.reactions, &emoji, me.id())?;
        }
        write_back(tx, &mut found.room, message).map(drop)
    })
    .await
}

fn may_react(me: &Caller, found: &Found, message: &Message) -> Result<()> {
    let room = &found.room;
    if message.kind.as_deref() == Some(super::delete::REMOVED) {
        return Err(Error::not_allowed(REACT));
    }
    if room.extra.muted.contains(me.id()) {
        let text = "You have been muted and cannot speak in this room";
        return Err(Error::new("error-not-allowed", text).with_details(json!({ "rid": room.id })));
    }
    let open = !room.ro || room.extra.react_when_read_only == Some(true) || room.extra.unmuted.contains(me.id());
    if !open && !me.has_in(Permission::PostReadonly, found.seat.as_ref()) {
        return Err(Error::text("You can't send messages because the room is readonly."));
    }
    Ok(())
}

fn has_reacted(reactions: &Reactions, emoji: &str, uid: &UserId) -> bool {
    reactions.iter().any(|(name, users)| name == emoji && users.contains(uid))
}

fn give(reactions: &mut Reactions, emoji: &str, uid: &UserId) -> Result<()> {
    let all: usize = reactions.iter().map(|(_, users)| users.len()).sum();
    let given = reactions.iter().position(|(name, _)| name == emoji);
    if all >= MOST || (given.is_none() && reactions.len() >= MOST_EMOJI) {
        return Err(Error::new("error-not-allowed", "There are too many reactions on this message").in_method(REACT));
    }
    match given.and_then(|at| reactions.get_mut(at)) {
        Some((_, users)) => users.push(uid.clone()),
        None => reactions.push((emoji.to_owned(), vec![uid.clone()])),
    }
    Ok(())
}

fn take_back(reactions: &mut Reactions, emoji: &str, uid: &UserId) {
    for (_, users) in reactions.iter_mut().filter(|(name, _)| name == emoji) {
        users.retain(|user| user != uid);
    }
    reactions.retain(|(_, users)| !users.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_one_takes_the_emoji_with_it() {
        let (ann, bob) = (UserId::new("ann"), UserId::new("bob"));
        let mut reactions = Reactions::new();
        for (emoji, uid) in [(":a:", &ann), (":b:", &ann), (":a:", &bob)] {
            give(&mut reactions, emoji, uid).unwrap();
        }
        assert!(has_reacted(&reactions, ":a:", &bob) && !has_reacted(&reactions, ":b:", &bob));
        take_back(&mut reactions, ":a:", &ann);
        assert_eq!(reactions, [(":a:".to_owned(), vec![bob.clone()]), (":b:".to_owned(), vec![ann.clone()])]);
        take_back(&mut reactions, ":a:", &bob);
        take_back(&mut reactions, ":a:", &bob);
        assert_eq!(reactions, [(":b:".to_owned(), vec![ann])]);
    }

    #[test]
    fn their_number_has_a_bound() {
        let mut reactions = Reactions::new();
        for n in 0..MOST_EMOJI {
            give(&mut reactions, &format!(":{n}:"), &"ann".into()).unwrap();
        }
        assert!(give(&mut reactions, ":new:", &"ann".into()).is_err());
        assert!(give(&mut reactions, ":1:", &"bob".into()).is_ok());
        let mut crowd = vec![(":a:".to_owned(), (0..MOST).map(|n| UserId::new(n.to_string())).collect())];
        assert!(give(&mut crowd, ":a:", &"ann".into()).is_err());
    }
}
