//! Who a connection belongs to.

use super::{Session, first};
use crate::ddp;
use crate::methods::{self, Outcome};
use gantry_chat::auth::{self, Credentials, LoggedIn};
use gantry_chat::streams::Standby;
use gantry_chat::{Caller, presence, rooms};
use gantry_model::{Error, Result};

impl Session {
    /// `login`: the connection is its user's from then on.
    pub(super) async fn log_in(&mut self, params: Vec<serde_json::Value>) -> Outcome {
        let credentials = Credentials::parse(&first(params))?;
        let login = auth::login(self.server.chat(), credentials, &self.origin).await?;
        self.bind(&login).await?;
        self.say(ddp::added("users", login.user.id.as_str(), &methods::OwnAccount::of(&login.user)));
        Ok(Some(methods::login_result(&login)))
    }

    async fn bind(&mut self, login: &LoggedIn) -> Result<()> {
        let caller = auth::caller_for(self.server.chat(), login, &self.origin);
        // Who logs in again goes on hearing; somebody else begins anew.
        if self.standby.as_ref().is_some_and(|before| before.last().id() != caller.id()) {
            self.log_out();
        }
        self.standby = Some(Standby::new(caller.clone()));
        let token = caller.token().map(|token| self.server.hub().session(&token.hash)).unwrap_or_default();
        let ticket = self.server.hub().index_mut().bind(self.connection, caller.id(), token);
        if let Some(ticket) = ticket {
            let rooms = rooms::memberships(self.server.chat(), caller.id()).await;
            let rooms = rooms.inspect_err(|_| self.log_out())?.into_iter().map(|(rid, ..)| rid).collect();
            self.server.hub().index_mut().loaded(caller.id(), ticket, rooms);
        }
        presence::connected(&caller, presence::ConnectionId(self.number)).await?;
        // What ended before the hub knew of this login did not end it.
        self.caller().await?.map(drop).ok_or_else(Error::not_logged_in)
    }

    /// `logout`: the session ends, the connection stays and is nobody's.
    pub(super) async fn end_session(&mut self, caller: Option<Caller>) -> Outcome {
        let Some(caller) = caller else { return Ok(None) };
        self.server.hub().index_mut().set_leaving(self.connection, true);
        let ended = auth::logout(&caller).await;
        self.server.hub().index_mut().set_leaving(self.connection, false);
        ended?;
        self.log_out();
        Ok(None)
    }

    /// The connection is nobody's any more.
    pub(super) fn log_out(&mut self) {
        let Some(standby) = self.standby.take() else { return };
        self.server.hub().index_mut().unbind(self.connection);
        self.subscriptions.silence();
        presence::disconnected(self.server.chat(), standby.last().id(), presence::ConnectionId(self.number));
    }
}
