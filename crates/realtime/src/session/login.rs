//! Who a connection belongs to.

use super::{Session, TRIES, first};
use crate::ddp;
use crate::hub::Ticket;
use crate::methods::{self, Outcome};
use crate::streams::Watch;
use gantry_chat::auth::{self, Credentials, LoggedIn};
use gantry_chat::streams::{Standby, standing};
use gantry_chat::{Caller, notifications, presence};
use gantry_model::{Error, Result, UserId};

impl Session {
    /// `login`: the connection is its user's from then on.
    pub(super) async fn log_in(&mut self, params: Vec<serde_json::Value>) -> Outcome {
        let credentials = Credentials::parse(&first(params))?;
        let login = auth::login(self.server.chat(), credentials, &self.origin).await?;
        if let Err(error) = self.bind(&login).await {
            self.log_out();
            return Err(error);
        }
        self.say(ddp::added("users", login.user.id.as_str(), &methods::OwnAccount::of(&login.user)));
        Ok(Some(methods::login_result(&login)))
    }

    async fn bind(&mut self, login: &LoggedIn) -> Result<()> {
        let caller = auth::caller_for(self.server.chat(), login, &self.origin);
        // Who logs in again goes on hearing; somebody else begins anew.
        if self.standby.as_ref().is_some_and(|before| before.last().id() != caller.id()) {
            self.log_out();
        }
        let is_new = self.standby.is_none();
        self.standby = Some(Standby::new(caller.clone()));
        let token = caller.token().map(|token| self.server.hub().session(&token.hash)).unwrap_or_default();
        let ticket = self.enter(caller.id(), token);
        if let Some(ticket) = ticket {
            let wishes = notifications::wishes(self.server.chat(), caller.id()).await;
            let wishes = wishes.inspect_err(|_| self.log_out())?;
            self.server.hub().index_mut().loaded(caller.id(), ticket, wishes);
        }
        presence::connected(&caller, presence::ConnectionId(self.number)).await?;
        // What ended before the hub knew of this login did not end it.
        self.caller().await?.ok_or_else(Error::not_logged_in)?;
        self.find_readable(caller.id()).await?;
        if is_new { self.renew_subscriptions(caller.id()).await } else { Ok(()) }
    }

    /// The hub knows of the login, and until it is looked up which rooms its user may read tells nothing of them.
    fn enter(&self, uid: &UserId, session: u64) -> Option<Ticket> {
        let mut index = self.server.hub().index_mut();
        let ticket = index.bind(self.connection, uid, session);
        if ticket.is_some() {
            index.set_narrow(uid, true);
        }
        ticket
    }

    /// Says which rooms the user may read as a member: mostly all of them, which needs no look at any.
    async fn find_readable(&mut self, uid: &UserId) -> Result<()> {
        for _ in 0..TRIES {
            let epoch = match self.server.hub().index() {
                index if index.is_narrow(uid) => index.access_epoch(),
                _ => return Ok(()),
            };
            let caller = self.caller().await?.ok_or_else(Error::not_logged_in)?;
            if !standing(&caller).joined {
                break;
            }
            let mut index = self.server.hub().index_mut();
            if index.access_epoch() == epoch {
                index.set_narrow(uid, false);
                return Ok(());
            }
        }
        self.server.hub().review_newcomer(self.server.chat(), uid).await
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

    /// The connection is nobody's any more; what it listened to ends, but for what is for everybody.
    pub(super) fn log_out(&mut self) {
        let Some(before) = self.unbind() else { return };
        presence::logged_out(self.server.chat(), before.last().id(), presence::ConnectionId(self.number));
        self.end_subscriptions(|watch| match watch {
            Watch::Silent => false,
            Watch::Feed(feed) => !feed.is_public(),
            Watch::Room(..) | Watch::Presence => true,
        });
    }

    /// The connection is gone; its user may be back in a moment.
    pub(super) fn leave(&mut self) {
        if let Some(before) = self.unbind() {
            presence::disconnected(self.server.chat(), before.last().id(), presence::ConnectionId(self.number));
        }
        self.server.hub().index_mut().disconnect(self.connection);
    }

    fn unbind(&mut self) -> Option<Standby> {
        let standby = self.standby.take()?;
        self.server.hub().index_mut().unbind(self.connection);
        Some(standby)
    }
}
