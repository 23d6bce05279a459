//! Saying something, changing what was said, and commands.

use super::params::Document;
use super::table::{Table, mismatch};
use super::{Outcome, answer};
use gantry_chat::Caller;
use gantry_chat::commands::{self, Place};
use gantry_chat::messages::{self, Draft, Edit};
use gantry_model::wire::Wire;
use gantry_model::{Error, MessageId, RoomId};
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) fn methods(table: &mut Table) {
    table.add("sendMessage", send);
    table.add("updateMessage", update);
    table.add("deleteMessage", delete);
    table.add("setReaction", react);
    table.add("slashCommand", command);
}

/// The text of a field that must be there.
fn text(document: &Document, key: &str) -> Option<String> {
    document.get(key).and_then(Value::as_str).map(str::to_owned)
}

async fn send(cx: Caller, (message, previews): (Document, Option<Vec<String>>)) -> Outcome {
    let rid = RoomId::from(text(&message, "rid").ok_or_else(mismatch)?);
    let mut draft = Draft::of_document(message, "sendMessage")?;
    draft.preview_urls = previews;
    Ok(Some(messages::send(&cx, &rid, draft).await?.render(Wire::Ddp)))
}

/// A message that is not there, or not for the caller, is passed over.
async fn update(cx: Caller, (document, previews): (Document, Option<Vec<String>>)) -> Outcome {
    let id = MessageId::from(text(&document, "_id").ok_or_else(mismatch)?);
    let Some((message, _)) = messages::find(&cx, &id).await? else { return Ok(None) };
    let mut edit = Edit::of_document(document, &message)?;
    edit.preview_urls = previews;
    messages::edit(&cx, &message, edit).await?;
    Ok(None)
}

#[derive(Deserialize)]
struct Deleting {
    #[serde(rename = "_id")]
    id: MessageId,
}

async fn delete(cx: Caller, (message,): (Deleting,)) -> Outcome {
    let details = json!({ "method": "deleteMessage", "action": "Delete_message" });
    let refused = || Error::new("error-action-not-allowed", "Not allowed").with_details(details);
    let (message, _) = messages::find(&cx, &message.id).await?.ok_or_else(refused)?;
    messages::delete(&cx, &message, false).await?;
    Ok(None)
}

async fn react(cx: Caller, (emoji, id, should): (String, MessageId, Option<bool>)) -> Outcome {
    let found = messages::find(&cx, &id).await?;
    let (message, _) = found.ok_or_else(|| Error::not_allowed("setReaction"))?;
    messages::react(&cx, &message, &emoji, should).await?;
    answer(&true)
}

#[derive(Deserialize)]
struct Given {
    cmd: String,
    params: Option<String>,
    msg: At,
}

#[derive(Deserialize)]
struct At {
    rid: RoomId,
    #[serde(rename = "_id")]
    id: Option<MessageId>,
    tmid: Option<MessageId>,
}

async fn command(cx: Caller, (given,): (Given,)) -> Outcome {
    let Given { cmd, params, msg: At { rid, id, tmid } } = given;
    commands::run(&cx, &cmd, &params.unwrap_or_default(), Place { rid, tmid, id }).await?;
    Ok(None)
}
