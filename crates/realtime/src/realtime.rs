//! The realtime side of one server.

use crate::carrier::carry;
use crate::ddp;
use crate::frame::{Frame, WireForm};
use crate::hub::{Alive, Hub};
use crate::limits::{Call, Limiter};
use crate::methods;
use crate::outbox::{Bounds, Outbox};
use crate::session::Session;
use crate::socket::{self, Limits};
use crate::sockjs::{Line, Sessions};
use crate::websocket::Close;
use bytes::Bytes;
use gantry_chat::streams::may_flood;
use gantry_chat::{Caller, Chat, Origin};
use gantry_model::Result;
use rand::RngExt;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::net::TcpStream;

/// Everything that is connected to one server. Ends with its last connection.
pub struct Realtime {
    chat: Chat,
    hub: Arc<Hub>,
    _alive: Alive,
    /// None: nobody is limited.
    limiter: Option<Limiter>,
    limits: Arc<Limits>,
    numbers: AtomicU64,
    /// Those that come with requests.
    sessions: Sessions,
}

/// How much is connected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Connections.
    pub connections: usize,
    /// Users who are logged in on at least one.
    pub users: usize,
    /// Rooms that they are members of, or listen to.
    pub rooms: usize,
}

impl Realtime {
    /// Tells from now on what `chat` commits. Must be called on a runtime, once for a chat. `unlimited`: calls are not
    /// counted, whatever the settings say.
    pub fn new(chat: Chat, unlimited: bool) -> Arc<Self> {
        let (hub, alive) = Hub::start(&chat);
        Arc::new(Self {
            chat,
            hub,
            _alive: alive,
            limiter: (!unlimited).then(Limiter::default),
            limits: Arc::default(),
            numbers: AtomicU64::new(0),
            sessions: Sessions::default(),
        })
    }

    pub(crate) fn chat(&self) -> &Chat {
        &self.chat
    }

    pub(crate) fn hub(&self) -> &Hub {
        &self.hub
    }

    /// Counts a call of a method, or a subscription.
    pub(crate) fn count(&self, call: Call<'_>) -> Result<()> {
        match &self.limiter {
            Some(limiter) => limiter.count(&self.chat.settings(), call, self.chat.now()),
            None => Ok(()),
        }
    }

    /// A fresh id for a connection, as clients expect one.
    pub(crate) fn session_id(&self) -> String {
        const LETTERS: &[u8; 55] = b"23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz";
        let mut rng = rand::rng();
        (0..17).map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())])).collect()
    }

    pub(crate) fn limits(&self) -> Arc<Limits> {
        self.limits.clone()
    }

    pub(crate) fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// The queue of a fresh connection, which is told `first`.
    pub(crate) fn outbox(&self, form: WireForm, first: Option<Frame>) -> Arc<Outbox> {
        let outbox = Outbox::new(form, Bounds::default());
        // A fresh queue takes it.
        let _ = outbox.push_all(first.into_iter().chain([ddp::server_id().frame(form)]));
        Arc::new(outbox)
    }

    fn session(self: Arc<Self>, outbox: Arc<Outbox>, origin: Arc<Origin>) -> Session {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        Session::new(self, outbox, origin, number)
    }

    /// Serves an upgraded socket until it ends. `unread` is what was already read from it.
    pub(crate) async fn serve(self: Arc<Self>, stream: TcpStream, unread: Bytes, form: WireForm, origin: Arc<Origin>) {
        let outbox = self.outbox(form, (form == WireForm::SockJs).then(Frame::sockjs_open));
        let limits = self.limits();
        let mut session = self.session(outbox.clone(), origin);
        socket::run(stream, unread, limits, outbox, &mut session).await;
    }

    /// Serves a client that comes with requests, until its session is forgotten.
    pub(crate) async fn serve_line(self: Arc<Self>, mut line: Line, origin: Arc<Origin>) {
        let mut session = self.session(line.queue(), origin);
        carry(&mut line, &mut session).await;
        drop(session);
        line.linger().await;
    }

    /// A method called by REST: the frame that answers it, as JSON text. It counts as over a socket, but for the
    /// connection, which there is not.
    pub async fn method_call(
        &self,
        caller: Option<Caller>,
        origin: Arc<Origin>,
        id: &str,
        method: &str,
        params: Vec<Value>,
    ) -> String {
        let may_flood = method == "sendMessage" && caller.as_ref().is_some_and(may_flood);
        let user = caller.as_ref().map(Caller::id);
        let outcome = match self.count(Call { name: method, address: origin.ip, user, connection: None, may_flood }) {
            Ok(()) => methods::call(self.chat.clone(), caller, origin, method, params).await,
            Err(error) => Err(error),
        };
        methods::result(id, method, outcome).text().to_owned()
    }

    /// Says goodbye to every connection, when what is in hand is finished and answered.
    pub fn close(&self) {
        self.hub.close(&Close::GOING_AWAY);
    }

    /// How much is connected now.
    pub fn counts(&self) -> Counts {
        let [connections, users, rooms] = self.hub.index().counts();
        Counts { connections, users, rooms }
    }
}
