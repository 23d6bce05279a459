//! A client's socket.

use crate::Result;
use crate::server::Account;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

pub struct Ddp(WebSocketStream<TcpStream>);

impl Ddp {
    /// Connects and resumes the account's login.
    pub async fn log_in(address: &str, account: &Account) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let small = WebSocketConfig::default().read_buffer_size(4096).write_buffer_size(0);
        let url = format!("ws://{address}/websocket");
        let (socket, _) = tokio_tungstenite::client_async_with_config(url, stream, Some(small)).await?;
        let mut ddp = Self(socket);
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
            self.0.feed(Message::text(sub.to_string())).await?;
        }
        self.0.flush().await?;
        for _ in &wanted {
            self.wait(|said| said.contains("\"ready\"") || said.contains("\"nosub\"")).await?;
        }
        Ok(())
    }

    pub async fn say(&mut self, message: &Value) -> Result<()> {
        Ok(self.0.send(Message::text(message.to_string())).await?)
    }

    /// The next message; pings are answered.
    pub async fn hear(&mut self) -> Result<String> {
        loop {
            match self.0.next().await.ok_or("the socket was closed")?? {
                Message::Text(text) if text.contains("\"msg\":\"ping\"") => self.say(&json!({ "msg": "pong" })).await?,
                Message::Text(text) => return Ok(text.to_string()),
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
