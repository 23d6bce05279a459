//! Names: who is shown under which name now.

use crate::Chat;
use gantry_model::{Message, MessageView, People, Result, User, UserId};
use gantry_store::Conn;
use std::collections::{HashMap, HashSet};
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

/// As [`named`], inside a read.
pub(crate) fn named_in<'a>(chat: &Chat, db: &mut Conn, ids: impl IntoIterator<Item = &'a UserId>) -> Result<People> {
    let ids: HashSet<&UserId> = ids.into_iter().collect();
    let users = accounts_in(chat, db, ids.iter().copied())?;
    let gone: Vec<&UserId> = ids.into_iter().filter(|id| !users.contains_key(*id)).collect();
    let mut people: People = users.into_iter().map(|(id, user)| (id, Arc::new(user.person()))).collect();
    if !gone.is_empty() {
        people.extend(db.erasures().people(&gone)?);
    }
    Ok(people)
}

/// Accounts inside a read (a write may be taken back): from memory, the others at once; who was not in memory is
/// afterwards.
pub(crate) fn accounts_in<'a>(
    chat: &Chat,
    db: &mut Conn,
    ids: impl IntoIterator<Item = &'a UserId>,
) -> Result<HashMap<UserId, Arc<User>>> {
    let (mut users, mut missing) = (HashMap::new(), Vec::new());
    for id in ids.into_iter().collect::<HashSet<_>>() {
        match chat.state().user(id) {
            Some(user) => drop(users.insert(id.clone(), user)),
            None => missing.push(id.clone()),
        }
    }
    if !missing.is_empty() {
        let epoch = chat.state().epoch();
        for user in db.accounts().some(&missing)? {
            let user = Arc::new(user);
            chat.state().keep_user(epoch, &user);
            users.insert(user.id.clone(), user);
        }
    }
    Ok(users)
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

/// Messages with the people they name, inside a read; all share one set.
pub(crate) fn views_in(chat: &Chat, db: &mut Conn, messages: Vec<Message>) -> Result<Vec<MessageView>> {
    let people = Arc::new(named_in(chat, db, messages.iter().flat_map(Message::named))?);
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
