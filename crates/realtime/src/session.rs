//! One client's connection: what it says, in its order, and what it is answered.

mod ledger;
mod login;
mod subscribe;
mod write;

use crate::ddp::{self, Connect, Incoming};
use crate::frame::Draft;
use crate::hub::ConnectionId;
use crate::limits::Call;
use crate::methods;
use crate::outbox::Outbox;
use crate::realtime::Realtime;
use crate::socket::Handler;
use crate::websocket::Close;
use crate::{ejson, streams, tally};
use gantry_chat::streams::{Standby, may_flood};
use gantry_chat::{Caller, Origin, presence};
use gantry_model::{Error, Failure, Result};
use ledger::Ledger;
use serde_json::Value;
use serde_json::value::RawValue;
use std::ops::ControlFlow;
use std::sync::Arc;

/// The longest offending message that is sent back.
const ECHO_BYTES: usize = 4096;

/// How often something is checked anew when somebody's access changes meanwhile.
const TRIES: usize = 8;

/// How many offences end a connection: clients make none, and each costs an answer.
const OFFENCES: u8 = 20;

/// See the head of this file.
pub(crate) struct Session {
    server: Arc<Realtime>,
    outbox: Arc<Outbox>,
    origin: Arc<Origin>,
    /// Its place in the hub, which another connection may get after it.
    connection: ConnectionId,
    /// Never given again.
    number: u64,
    standby: Option<Standby>,
    subscriptions: Ledger,
    connected: bool,
    offences: u8,
}

impl Session {
    pub(crate) fn new(server: Arc<Realtime>, outbox: Arc<Outbox>, origin: Arc<Origin>, number: u64) -> Self {
        let connection = server.hub().index_mut().connect(outbox.clone());
        tally::CONNECTIONS.increment(1);
        let subscriptions = Ledger::default();
        let (standby, connected, offences) = (None, false, 0);
        Self { server, outbox, origin, connection, number, standby, subscriptions, connected, offences }
    }

    /// Says something; a refusal means that nobody is there to hear it.
    fn say(&self, message: Draft) {
        let _ = self.outbox.answer([message.frame(self.outbox.form())]);
    }

    /// Who is logged in, as of now.
    async fn caller(&mut self) -> Result<Option<Caller>> {
        let Some(standby) = &mut self.standby else { return Ok(None) };
        if let Some(caller) = standby.now().await? {
            return Ok(Some(caller.clone()));
        }
        self.log_out();
        Ok(None)
    }

    fn connect(&mut self, connect: &Connect<'_>, text: &str) -> ControlFlow<Close> {
        if self.connected {
            return self.offended(ddp::error("Already connected", echo(text)));
        }
        if !connect.is_spoken() {
            self.say(ddp::failed(ddp::VERSION));
            return ControlFlow::Break(Close::NORMAL);
        }
        self.connected = true;
        self.say(ddp::connected(&self.server.session_id()));
        ControlFlow::Continue(())
    }

    /// Says what was wrong. Who goes on so is not listened to any more.
    fn offended(&mut self, answer: Draft) -> ControlFlow<Close> {
        self.say(answer);
        self.offences += 1;
        if self.offences < OFFENCES { ControlFlow::Continue(()) } else { ControlFlow::Break(Close::PROTOCOL_ERROR) }
    }

    /// Counts a method or a subscription.
    fn count(&self, name: &str, caller: Option<&Caller>) -> Result<()> {
        let may_flood = name == "sendMessage" && caller.is_some_and(may_flood);
        let (address, user) = (self.origin.ip, caller.map(Caller::id));
        self.server.count(Call { name, address, user, connection: Some(self.number), may_flood })
    }

    async fn method(&mut self, id: &str, name: &str, params: Option<&RawValue>) {
        let outcome = self.call(name, params).await;
        tally::called(methods::known(name), outcome.is_ok());
        let form = self.outbox.form();
        let frames = [methods::result(id, name, outcome), ddp::updated(&[id])];
        // As in `say`.
        let _ = self.outbox.answer(frames.map(|frame| frame.frame(form)));
    }

    async fn call(&mut self, name: &str, params: Option<&RawValue>) -> methods::Outcome {
        let caller = self.caller().await?;
        self.count(name, caller.as_ref())?;
        let params = methods::clean(ejson::params(params)?)?;
        match name {
            "login" => self.log_in(params).await,
            "logout" => self.end_session(caller).await,
            "UserPresence:online" => Ok(self.at_keyboard(caller, true)),
            "UserPresence:away" => Ok(self.at_keyboard(caller, false)),
            _ if streams::is_stream(name) => {
                self.write(name, &params).await?;
                Ok(None)
            }
            _ => {
                let (chat, origin) = (self.server.chat().clone(), self.origin.clone());
                methods::call(chat, caller, origin, name, params).await
            }
        }
    }

    fn at_keyboard(&self, caller: Option<Caller>, there: bool) -> Option<String> {
        let caller = caller?;
        presence::at_keyboard(&caller, presence::ConnectionId(self.number), there);
        Some(methods::json(&true))
    }

    async fn sub(&mut self, id: &str, name: &str, params: Option<&RawValue>) {
        // A client that comes back with the same name means the same subscription.
        self.forget(id);
        if let Err(error) = self.subscribe(id, name, params).await {
            methods::note(name, &error);
            self.say(ddp::nosub(id, &error));
        }
    }

    fn unsub(&mut self, id: &str) {
        if self.forget(id) {
            self.say(ddp::unsubscribed(id));
        }
    }
}

impl Handler for Session {
    async fn on_text(&mut self, text: Box<str>) -> ControlFlow<Close> {
        tally::RECEIVED.increment(1);
        match ddp::parse(&text) {
            Err(offence) => return self.offended(offence.answer()),
            Ok(Incoming::Connect(connect)) => return self.connect(&connect, &text),
            Ok(_) if !self.connected => return self.offended(ddp::error("Must connect first", echo(&text))),
            Ok(Incoming::Method { id, method, params }) => self.method(&id, &method, params).await,
            Ok(Incoming::Sub { id, name, params }) => self.sub(&id, &name, params).await,
            Ok(Incoming::Unsub { id }) => self.unsub(&id),
            Ok(Incoming::Ping { id }) => self.say(ddp::pong(id.as_deref())),
            Ok(Incoming::Pong) => {}
        }
        ControlFlow::Continue(())
    }

    fn knows_client(&self) -> bool {
        self.standby.is_some()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.leave();
        tally::CONNECTIONS.decrement(1);
    }
}

/// A message that may be sent back.
fn echo(text: &str) -> Option<&str> {
    (text.len() <= ECHO_BYTES).then_some(text)
}

/// Whether an error is the server's own fault.
pub(crate) fn is_own_fault(error: &Error) -> bool {
    matches!(error.failure(), Failure::Internal | Failure::Unavailable)
}

/// The first of a list of parameters.
fn first(params: Vec<Value>) -> Value {
    params.into_iter().next().unwrap_or_default()
}
