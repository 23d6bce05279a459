//! Who is calling, with which roles, from where.

use crate::Chat;
use crate::auth::Factor;
use gantry_model::event::Key;
use gantry_model::{Error, Permission, Result, RoleId, Subscription, User, UserId};
use gantry_store::{Conn, Token, Tx};
use std::net::IpAddr;
use std::sync::Arc;

/// Where a request came from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The client's address, as far as it is trusted.
    pub ip: IpAddr,
    /// The connection itself is loopback, no proxy in between, and names a loopback host.
    pub local: bool,
    /// The client's own description.
    pub user_agent: String,
}

/// A logged-in user and the session the call came with. Cheap to clone.
#[derive(Clone)]
pub struct Caller {
    chat: Chat,
    user: Arc<User>,
    token: Option<Arc<Token>>,
    origin: Arc<Origin>,
    factor: Option<Arc<Factor>>,
}

impl Caller {
    /// A call by `user`; `token` is what it was proved with, nothing for the server's own command line.
    pub(crate) fn new(chat: Chat, user: Arc<User>, token: Option<Arc<Token>>, origin: Arc<Origin>) -> Self {
        Self { chat, user, token, origin, factor: None }
    }

    /// The same call by the account and the session as they are now.
    pub(crate) fn as_of_now(&self, user: Arc<User>, token: Arc<Token>) -> Self {
        Self { user, token: Some(token), ..self.clone() }
    }

    /// The same call with the second factor that came with it.
    #[must_use]
    pub fn with_factor(self, factor: Factor) -> Self {
        Self { factor: Some(Arc::new(factor)), ..self }
    }

    /// The second factor that came with the call.
    pub(crate) fn factor(&self) -> Option<&Factor> {
        self.factor.as_deref()
    }

    /// The server.
    pub fn chat(&self) -> &Chat {
        &self.chat
    }

    /// The account as it was when the call came.
    pub fn user(&self) -> &Arc<User> {
        &self.user
    }

    /// The account's id.
    pub fn id(&self) -> &UserId {
        &self.user.id
    }

    /// The session.
    pub fn token(&self) -> Option<&Arc<Token>> {
        self.token.as_ref()
    }

    /// Where the call came from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether a global role of the caller holds the permission.
    pub fn has(&self, permission: Permission) -> bool {
        self.chat.permissions().granted(permission, &self.user.roles)
    }

    /// Whether a global role, or one in the room of `seat`, holds the permission.
    pub(crate) fn has_in(&self, permission: Permission, seat: Option<&Subscription>) -> bool {
        let in_room: &[RoleId] = seat.map_or(&[], |seat| &seat.roles);
        let permissions = self.chat.permissions();
        permissions.granted(permission, &self.user.roles) || permissions.granted(permission, in_room)
    }

    /// Refuses a caller without the permission: 403.
    pub(crate) fn require(&self, permission: Permission) -> Result<()> {
        if self.has(permission) { Ok(()) } else { Err(Error::unauthorized()) }
    }

    /// The caller as of now: to be taken first in every write, since the account may have lost roles or its right to
    /// log in while the write waited. Fails with `not logged in` when it was deactivated or is gone.
    pub(crate) fn still(&self, tx: &mut Tx<'_>) -> Result<Self> {
        let state = self.chat.state();
        let user = match state.user(&self.user.id) {
            Some(user) => user,
            None => {
                let epoch = state.epoch();
                let user = tx.accounts().get(&self.user.id)?.ok_or_else(Error::not_logged_in)?;
                let user = Arc::new(user);
                state.keep_user(epoch, &user);
                user
            }
        };
        if !user.active {
            return Err(Error::not_logged_in());
        }
        Ok(Self { user, ..self.clone() })
    }

    /// See [`gantry_store::Store::read`].
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        closure: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.chat.read(closure).await
    }

    /// A write by this caller: `closure` gets the caller as of then (see [`Caller::still`]).
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        keys: impl Into<Vec<Key>>,
        mut closure: impl FnMut(&Caller, &mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let me = self.clone();
        let write = move |tx: &mut Tx<'_>| {
            let me = me.still(tx)?;
            closure(&me, tx)
        };
        self.chat.write(keys, write).await
    }
}
