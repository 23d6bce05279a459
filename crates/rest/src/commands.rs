//! `commands.*`: slash commands, for clients without a realtime connection.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::page::{Direction, PageParams};
use crate::params::Params;
use crate::reply::{Reply, ok, ok_page, ok_with};
use gantry_chat::access;
use gantry_chat::commands::{self, COMMANDS, Command, Place};
use gantry_chat::rooms::{self, RoomRef};
use gantry_model::{Error, MessageId, RoomId};
use serde_json::Value;

pub(crate) fn endpoints(api: &mut Api) {
    api.get("commands.list", Access::Accounts, list)
        .about("Lists the slash commands.")
        .since("0.60.2")
        .answers("commands", "[object]");
    api.get("commands.get", Access::Accounts, get)
        .about("Tells about a slash command.")
        .since("0.60.2")
        .answers("command", "object");
    api.post("commands.run", Access::ActInRoom, run).about("Carries out a slash command in a room.").since("0.60.2");
}

async fn list(call: Call, query: PageParams) -> Reply {
    let page = query.page(&call.page_limits());
    let descending = query.sort()?.pick(&[("command", ())]).contains(&((), Direction::Descending));
    let mut commands: Vec<&Command> = COMMANDS.iter().collect();
    if descending {
        commands.reverse();
    }
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let part = commands.into_iter().skip(size(page.offset)).take(page.count.map_or(usize::MAX, size));
    Ok(ok_page("commands", &part.collect::<Vec<_>>(), page, COMMANDS.len() as i64))
}

/// Query of `commands.get`.
#[derive(Params)]
struct Named {
    /// What stands after the slash.
    command: Option<String>,
}

async fn get(_: Call, query: Named) -> Reply {
    let name = query.command.filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| Error::text("The query param \"command\" must be provided."))?;
    let unknown = || Error::text(format!("There is no command in the system by the name of: {name}"));
    Ok(ok_with("command", commands::find(&name).ok_or_else(unknown)?))
}

/// Body of `commands.run`. What has another type is told in words of its own.
#[derive(Params)]
struct Running {
    /// What stands after the slash.
    command: Option<Value>,
    /// What it is given.
    params: Option<Value>,
    /// The room's `_id`.
    room_id: Option<Value>,
    /// The `_id` of the message whose thread it is given in.
    tmid: Option<Value>,
    /// Without a meaning: it is for commands of apps.
    #[expect(dead_code, reason = "published, and for commands that only apps have")]
    trigger_id: Option<Value>,
}

impl Running {
    fn given(self) -> Result<(&'static Command, String, Place), Error> {
        let text = |value: Option<Value>, refusal: &'static str| match value {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
            Some(_) => Err(Error::text(refusal)),
        };
        let needed = |value, refusal| text(value, refusal)?.ok_or_else(|| Error::text(refusal));
        let name = needed(self.command, "You must provide a command to run.")?;
        let params = text(self.params, "The parameters for the command must be a single string.")?;
        let room = "The room's id where to execute this command must be provided and be a string.";
        let rid = RoomId::from(needed(self.room_id, room)?);
        let tmid = text(self.tmid, "The tmid parameter when provided must be a string.")?.map(MessageId::from);
        let unknown = || Error::text("The command provided does not exist (or is disabled).");
        let command = commands::find(&name).ok_or_else(unknown)?;
        Ok((command, params.unwrap_or_default(), Place { rid, tmid, id: None }))
    }
}

/// A room that the caller cannot read is refused before its thread is looked at.
async fn run(call: Call, body: Running) -> Reply {
    let (command, params, place) = body.given()?;
    let room = rooms::find(&call, RoomRef::Id(place.rid.clone())).await?.ok_or_else(Error::forbidden)?;
    access::require(&call, &room, Error::forbidden)?;
    commands::run(&call, command.name, &params, place).await?;
    Ok(ok())
}
