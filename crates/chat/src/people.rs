//! Names: who is shown under which name now.

use crate::Chat;
use gantry_model::{Message, MessageView, People, Result, UserId};
use gantry_store::Conn;
use std::collections::HashSet;
use std::sync::Arc;

/// The names of `ids`: from memory, else in one read.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn named<'a>(chat: &Chat, ids: impl IntoIterator<Item = &'a UserId>) -> Result<People> {
    let (mut people, missing) = known(chat, ids);
    if !missing.is_empty() {
        people.extend(chat.read(move |db| db.accounts().people(&missing)).await?);
    }
    Ok(people)
}

/// As [`named`], inside a read or a write.
pub(crate) fn named_in<'a>(chat: &Chat, db: &mut Conn, ids: impl IntoIterator<Item = &'a UserId>) -> Result<People> {
    let (mut people, missing) = known(chat, ids);
    if !missing.is_empty() {
        people.extend(db.accounts().people(&missing)?);
    }
    Ok(people)
}

fn known<'a>(chat: &Chat, ids: impl IntoIterator<Item = &'a UserId>) -> (People, Vec<UserId>) {
    let (mut people, mut missing) = (People::new(), Vec::new());
    for id in ids.into_iter().collect::<HashSet<_>>() {
        match chat.state().person(id) {
            Some(person) => drop(people.insert(id.clone(), person)),
            None => missing.push(id.clone()),
        }
    }
    (people, missing)
}

/// Messages with the people they name; all share one set.
pub(crate) async fn views(chat: &Chat, messages: Vec<Message>) -> Result<Vec<MessageView>> {
    let people = Arc::new(named(chat, messages.iter().flat_map(Message::named)).await?);
    Ok(messages.into_iter().map(|message| MessageView { message: Arc::new(message), people: people.clone() }).collect())
}

/// One message with the people it names.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn view(chat: &Chat, message: Arc<Message>) -> Result<MessageView> {
    let people = Arc::new(named(chat, message.named()).await?);
    Ok(MessageView { message, people })
}
