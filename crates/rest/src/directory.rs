//! `spotlight` and `directory`: finding people and channels.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::page::{Direction, PageParams};
use crate::params::Params;
use crate::reply::{Object, Reply};
use gantry_chat::directory::{self, Browsing, Shelf};
use gantry_chat::spotlight::{self, Search};
use gantry_model::{Error, Permission, Result, RoomId};
use serde_json::Value;

pub(crate) fn endpoints(api: &mut Api) {
    api.get("spotlight", Access::Accounts, spotlight)
        .names(Permission::ViewOutsideRoom)
        .about("Finds people and channels by a part of their names.")
        .since("0.61.0")
        .answers("users", "[User]")
        .answers("rooms", "[Room]");
    api.get("directory", Access::Accounts, directory)
        .names(Permission::ViewOutsideRoom)
        .names(Permission::ViewCRoom)
        .about("Lists the server's channels, or its people.")
        .since("0.64.0")
        .answers("result", "[object]");
}

/// Query of `spotlight`.
#[derive(Params)]
struct SpotlightQuery {
    /// Part of a name; with `@` before it people alone, with `#` rooms alone.
    query: String,
    /// User names that are not to be found again, separated by commas.
    usernames: Option<String>,
    /// What to look for: `{"users":true,"rooms":true}`.
    r#type: Option<String>,
    /// The room where it is typed.
    rid: Option<RoomId>,
}

async fn spotlight(call: Call, query: SpotlightQuery) -> Reply {
    let kinds: Option<Value> = query.r#type.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let wanted = |kind: &str| kinds.as_ref().is_none_or(|kinds| kinds[kind] == true);
    let except = query.usernames.unwrap_or_default();
    let search = Search {
        text: query.query,
        except: except.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        people: wanted("users"),
        channels: wanted("rooms"),
        rid: query.rid.filter(|rid| !rid.as_str().is_empty()),
    };
    Ok(Object::new().with_all(&spotlight::spotlight(&call, search).await?).success())
}

/// Query of `directory`.
#[derive(Params)]
struct DirectoryQuery {
    /// Part of a name.
    text: Option<String>,
    /// `channels`, `users` or `teams`.
    r#type: Option<String>,
    /// `local`, `external` or `all`.
    workspace: Option<String>,
    /// The same three in one JSON object.
    query: Option<String>,
    #[params(flatten)]
    page: PageParams,
}

impl DirectoryQuery {
    /// Its own parameter, else what the object says.
    fn word(&self, own: Option<&String>, name: &str) -> Option<String> {
        let object: Option<Value> = self.query.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let own = own.filter(|text| !text.is_empty()).cloned();
        own.or_else(|| object?.get(name)?.as_str().map(str::to_owned))
    }

    /// # Errors
    /// `error-invalid-sort`, and plain texts.
    fn browsing(&self, call: &Call) -> Result<Browsing> {
        let page = self.page.page(&call.page_limits());
        let sort = self.page.sort()?;
        if sort.keys().len() > 1 {
            return Err(Error::text("This method support only one \"sort\" parameter"));
        }
        let first = sort.keys().first();
        let shelf = self.word(self.r#type.as_ref(), "type").unwrap_or_else(|| "channels".to_owned());
        Ok(Browsing {
            shelf: Shelf::from_word(&shelf).ok_or_else(unclear)?,
            text: self.word(self.text.as_ref(), "text").unwrap_or_default(),
            elsewhere: self.word(self.workspace.as_ref(), "workspace").as_deref() == Some("external"),
            sort: first.map(|(key, _)| key.clone()),
            descending: first.is_some_and(|(_, way)| *way == Direction::Descending),
            offset: page.offset,
            count: page.count,
        })
    }
}

fn unclear() -> Error {
    Error::text("Please verify the parameters")
}

async fn directory(call: Call, query: DirectoryQuery) -> Reply {
    let browsing = query.browsing(&call)?;
    let offset = browsing.offset;
    let (entries, total) = directory::browse(&call, browsing).await?.ok_or_else(unclear)?;
    let answer = Object::new().with("result", &entries).with("count", &entries.len()).with("offset", &offset);
    Ok(answer.with("total", &total).success())
}
