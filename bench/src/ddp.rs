//! A client's socket.

use crate::Result;
use crate::server::Account;
use crate::times::Times;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

/// What stands before the time at which a message was due, in its text.
const DUE: &str = "due:";

/// A text that says when its message was due, in µs of the clock, and is some hundred bytes long.
pub fn text_due(due: Duration) -> String {
    format!("{DUE}{} {}", due.as_micros(), "x".repeat(78))
}

/// The clock that messages are due by.
pub fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

pub struct Ddp {
    socket: WebSocketStream<TcpStream>,
    /// How late messages of rooms came, whenever they were heard.
    late: Arc<Times>,
}

impl Ddp {
    /// Connects and resumes the account's login.
    pub async fn log_in(address: &str, account: &Account, late: &Arc<Times>) -> Result<Self> {
        Self::log_in_by(TcpStream::connect(address).await?, address, account, late).await
    }

    /// As [`Ddp::log_in`], over a connection that is there.
    pub async fn log_in_by(stream: TcpStream, address: &str, account: &Account, late: &Arc<Times>) -> Result<Self> {
        stream.set_nodelay(true)?;
        let small = WebSocketConfig::default().read_buffer_size(4096).write_buffer_size(0);
        let url = format!("ws://{address}/websocket");
        let (socket, _) = tokio_tungstenite::client_async_with_config(url, stream, Some(small)).await?;
        let mut ddp = Self { socket, late: late.clone() };
        ddp.say(&json!({ "msg": "connect", "version": "1", "support": ["1"] })).await?;
        ddp.wait(|said| said.contains("\"connected\"")).await?;
        let resume = json!([{ "resume": account.identity.token }]);
        ddp.say(&json!({ "msg": "method", "method": "login", "id": "login", "params": resume })).await?;
        let answer = ddp.wait(|said| said.contains("\"id\":\"login\"") && said.contains("\"result\"")).await?;
        match answer.contains("\"error\"") {
            true => Err(answer.into()),
            false => Ok(ddp),
        }
    }

    /// Subscribes to the room's messages; with `whole` to everything a web client listens to, thirty-eight streams.
    /// All are asked for at once, as clients do, and awaited.
    pub async fn subscribe(&mut self, account: &Account, room: &str, whole: bool) -> Result<()> {
        let mut wanted = vec![("stream-room-messages", room.to_owned())];
        if whole {
            wanted.extend(web_client(&account.identity.id, room));
        }
        for (at, (stream, event)) in wanted.iter().enumerate() {
            let params = json!([event, { "useCollection": false, "args": [] }]);
            let sub = json!({ "msg": "sub", "id": format!("s{at}"), "name": stream, "params": params });
            self.socket.feed(Message::text(sub.to_string())).await?;
        }
        self.socket.flush().await?;
        for _ in &wanted {
            self.wait(|said| said.contains("\"ready\"") || said.contains("\"nosub\"")).await?;
        }
        Ok(())
    }

    pub async fn say(&mut self, message: &Value) -> Result<()> {
        Ok(self.socket.send(Message::text(message.to_string())).await?)
    }

    /// The next message; pings are answered.
    pub async fn hear(&mut self) -> Result<String> {
        loop {
            match self.socket.next().await.ok_or("the socket was closed")?? {
                Message::Text(text) if text.contains("\"msg\":\"ping\"") => self.say(&json!({ "msg": "pong" })).await?,
                Message::Text(text) => {
                    if let Some(due) = due_of(&text) {
                        self.late.note(now().saturating_sub(due));
                    }
                    return Ok(text.to_string());
                }
                Message::Close(close) => return Err(format!("closed: {close:?}").into()),
                _ => {}
            }
        }
    }

    async fn wait(&mut self, wanted: impl Fn(&str) -> bool) -> Result<String> {
        loop {
            let said = self.hear().await?;
            if wanted(&said) {
                return Ok(said);
            }
        }
    }
}

/// When the message of a room that was heard was due.
fn due_of(said: &str) -> Option<Duration> {
    let text = said.contains("stream-room-messages").then(|| said.split_once(DUE))??.1;
    let digits = text.split(|letter: char| !letter.is_ascii_digit()).next()?;
    digits.parse().ok().map(Duration::from_micros)
}

/// What a web client listens to beside the messages of the room it shows.
fn web_client(uid: &str, room: &str) -> Vec<(&'static str, String)> {
    const LOGGED: [&str; 13] = [
        "deleteCustomSound",
        "updateCustomSound",
        "updateEmojiCustom",
        "deleteEmojiCustom",
        "deleteCustomUserStatus",
        "updateCustomUserStatus",
        "banner-changed",
        "updateAvatar",
        "Users:NameChanged",
        "Users:Deleted",
        "roles-change",
        "voip.statuschanged",
        "permissions-changed",
    ];
    const OWN: [&str; 10] = [
        "uiInteraction",
        "video-conference",
        "force_logout",
        "message",
        "subscriptions-changed",
        "notification",
        "otr",
        "rooms-changed",
        "webrtc",
        "userData",
    ];
    const APPS: [&str; 9] = [
        "app/added",
        "app/removed",
        "app/updated",
        "app/settingUpdated",
        "command/added",
        "command/disabled",
        "command/updated",
        "command/removed",
        "actions/changed",
    ];
    let mut all =
        vec![("stream-notify-all", "public-settings-changed".to_owned()), ("stream-roles", "roles".to_owned())];
    all.extend(LOGGED.map(|event| ("stream-notify-logged", event.to_owned())));
    all.extend(OWN.map(|event| ("stream-notify-user", format!("{uid}/{event}"))));
    all.extend(APPS.map(|event| ("stream-apps", event.to_owned())));
    let in_room = ["user-activity", "deleteMessage", "deleteMessageBulk"];
    all.extend(in_room.map(|event| ("stream-notify-room", format!("{room}/{event}"))));
    all
}
