//! Reading back.

use super::Outcome;
use super::rooms::readable;
use super::table::{Table, mismatch};
use crate::ejson::Date;
use gantry_chat::Caller;
use gantry_chat::messages::{self, Kind, Page, Since, Stretch, Surrounding};
use gantry_chat::rooms::RoomRef;
use gantry_model::wire::Wire;
use gantry_model::{Error, MessageId, MessageView, Millis, Result, RoomId};
use serde::Deserialize;
use serde_json::Value;

pub(super) fn methods(table: &mut Table) {
    table.add("loadHistory", load);
    table.add("getChannelHistory", of_room);
    table.add("loadMissedMessages", load_missed);
    table.add("loadNextMessages", load_next);
    table.add("loadSurroundingMessages", load_surrounding);
    table.add("getMessages", some);
    table.add("getSingleMessage", one);
    table.add("messages/get", get);
}

/// A page, as clients merge it into what they have.
fn page(page: &Page) -> String {
    let first = page.first_unread.as_ref().map(|first| format!(",\"firstUnread\":{}", first.render(Wire::Ddp)));
    let (messages, unread) = (list(&page.messages), page.unread_not_loaded);
    format!("{{\"messages\":{messages},\"unreadNotLoaded\":{unread}{}}}", first.unwrap_or_default())
}

fn list(messages: &[MessageView]) -> String {
    MessageView::render_all(messages, Wire::Ddp)
}

/// What cannot be read is `false`.
fn or_false(found: Option<String>) -> Outcome {
    Ok(Some(found.unwrap_or_else(|| "false".into())))
}

type Loading = (RoomId, Option<Date>, Option<i64>, Option<Date>, Option<bool>);

async fn load(cx: Caller, (rid, end, limit, ls, threads): Loading) -> Outcome {
    let asked = Stretch {
        latest: end.map(|date| date.0),
        count: limit.unwrap_or(20),
        unread_since: ls.map(|date| date.0),
        threads: threads.unwrap_or(true),
        ..Stretch::default()
    };
    or_false(messages::history(&cx, &rid, asked).await?.as_ref().map(page))
}

/// A part of a room's history, as REST's `*.history` asks for it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    rid: RoomId,
    latest: Option<Date>,
    oldest: Option<Date>,
    inclusive: Option<bool>,
    offset: Option<i64>,
    count: Option<i64>,
    unreads: Option<bool>,
    show_thread_messages: Option<bool>,
}

async fn of_room(cx: Caller, (part,): (Part,)) -> Outcome {
    let oldest = part.oldest.map(|date| date.0);
    let asked = Stretch {
        latest: part.latest.map(|date| date.0),
        oldest,
        inclusive: part.inclusive.unwrap_or_default(),
        offset: part.offset.unwrap_or_default(),
        count: part.count.unwrap_or(20),
        unread_since: oldest.filter(|_| part.unreads == Some(true)),
        threads: part.show_thread_messages.unwrap_or(true),
    };
    or_false(messages::history(&cx, &part.rid, asked).await?.as_ref().map(page))
}

async fn load_missed(cx: Caller, (rid, since): (RoomId, Date)) -> Outcome {
    or_false(messages::missed(&cx, &rid, since.0).await?.as_deref().map(list))
}

async fn load_next(cx: Caller, (rid, after, limit): (RoomId, Option<Date>, Option<i64>)) -> Outcome {
    let messages = messages::next(&cx, &rid, after.map(|date| date.0), limit.unwrap_or(20)).await?;
    let messages = messages.ok_or_else(|| Error::not_allowed("loadNextMessages"))?;
    Ok(Some(format!("{{\"messages\":{}}}", list(&messages))))
}

#[derive(Deserialize)]
struct MessageRef {
    #[serde(rename = "_id")]
    id: Option<MessageId>,
}

async fn load_surrounding(cx: Caller, (message, limit): (MessageRef, Option<i64>)) -> Outcome {
    let Some(id) = message.id else { return or_false(None) };
    let found = messages::surrounding(&cx, &id, limit.unwrap_or(50)).await?;
    or_false(found.map(|Surrounding { messages, more_before, more_after }| {
        let messages = list(&messages);
        format!("{{\"messages\":{messages},\"moreBefore\":{more_before},\"moreAfter\":{more_after}}}")
    }))
}

async fn some(cx: Caller, (ids,): (Vec<MessageId>,)) -> Outcome {
    Ok(Some(list(&messages::some(&cx, ids).await?)))
}

/// Nothing for a message that is not there, or not for the caller.
async fn one(cx: Caller, (id,): (MessageId,)) -> Outcome {
    Ok(messages::get(&cx, &id).await?.map(|message| message.render(Wire::Ddp)))
}

/// What is asked of a room's messages: what changed, a page of what changed, or a page of the history.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Asked {
    last_update: Option<Date>,
    latest_date: Option<Date>,
    oldest_date: Option<Date>,
    inclusive: Option<bool>,
    count: Option<i64>,
    unreads: Option<bool>,
    next: Option<Value>,
    previous: Option<Value>,
    r#type: Option<String>,
}

impl Asked {
    fn since(&self) -> Result<Option<Since>> {
        if let Some(Date(at)) = self.last_update {
            return Ok(Some(Since::LastUpdate(at)));
        }
        match (&self.next, &self.previous) {
            (Some(next), _) => Ok(Some(Since::Next(self.kind()?, cursor(next)?))),
            (None, Some(previous)) => Ok(Some(Since::Previous(self.kind()?, cursor(previous)?))),
            (None, None) => Ok(None),
        }
    }

    fn kind(&self) -> Result<Kind> {
        match self.r#type.as_deref() {
            Some("UPDATED") => Ok(Kind::Updated),
            Some("DELETED") => Ok(Kind::Deleted),
            _ => Err(mismatch()),
        }
    }

    fn stretch(&self) -> Stretch {
        let oldest = self.oldest_date.map(|date| date.0);
        Stretch {
            latest: self.latest_date.map(|date| date.0),
            oldest,
            inclusive: self.inclusive.unwrap_or_default(),
            count: self.count.unwrap_or(20),
            unread_since: oldest.filter(|_| self.unreads == Some(true)),
            ..Stretch::default()
        }
    }
}

/// Where a page begins: milliseconds, as text or as a number.
fn cursor(value: &Value) -> Result<Millis> {
    crate::ejson::as_millis(value).ok_or_else(mismatch)
}

async fn get(cx: Caller, (rid, asked): (RoomId, Option<Asked>)) -> Outcome {
    let asked = asked.unwrap_or_default();
    if let Some(since) = asked.since()? {
        let changes = messages::sync(&cx, &rid, since, asked.count.unwrap_or(20)).await?;
        return Ok(Some(changes.render(Wire::Ddp)));
    }
    let refused = || Error::not_allowed("messages/get");
    let room = readable(&cx, RoomRef::Id(rid), refused).await?;
    let found = messages::history(&cx, room.id(), asked.stretch()).await?;
    Ok(Some(page(&found.ok_or_else(refused)?)))
}
