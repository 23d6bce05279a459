//! Subscriptions: streams, and the two publications that clients ask for.

use super::{Session, TRIES, is_own_fault};
use crate::ddp;
use crate::hub::{ConnectionId, Index};
use crate::streams::{self, Event, Feed, Found, Read, Watch, Who, Wish};
use crate::{ejson, methods};
use gantry_chat::Caller;
use gantry_chat::streams::{Hearing, Standing, hearing, standing};
use gantry_model::{Error, Result, RoomId, UserId};
use serde_json::value::RawValue;
use serde_json::{Value, json};

impl Session {
    /// Subscribes, and says that it did.
    pub(super) async fn subscribe(&mut self, id: &str, name: &str, params: Option<&RawValue>) -> Result<()> {
        let caller = self.caller().await?;
        self.count(name, caller.as_ref())?;
        match name {
            // There is no service to log in with but this server.
            "meteor.loginServiceConfiguration" => return self.ready(id, &Watch::Silent),
            "meteor_autoupdate_clientVersions" => {
                self.say_versions();
                return self.ready(id, &Watch::Silent);
            }
            _ => {}
        }
        let wish = Wish::read(methods::clean(ejson::params(params)?)?);
        let event = match streams::find(name, wish_event(&wish)) {
            Found::Event(event) => event,
            Found::BadName => return Err(Error::new("invalid-event-name", "")),
            Found::NoStream => return Err(Error::numbered(404, format!("Subscription '{name}' not found"))),
        };
        let watch = event.watch();
        let options = wish.as_ref().map_err(Clone::clone)?;
        if watch == Watch::Presence {
            return self.watch_presence(id, &event, &options.options).await;
        }
        if options.use_collection {
            self.check(&event, caller.as_ref()).await?;
            // Some clients drop events of a collection in which no document was added before.
            self.say(ddp::added(name, "id", &json!({ "eventName": options.event })));
        }
        let watch = self.listen(&event, watch).await?;
        self.ready(id, &watch)
    }

    /// Notes the subscription, and says that it stands.
    fn ready(&mut self, id: &str, watch: &Watch) -> Result<()> {
        if self.subscriptions.add(id, watch).is_err() {
            self.stop(watch);
            return Err(Error::new("too-many-subscriptions", "Too many subscriptions"));
        }
        self.say(ddp::ready(&[id]));
        Ok(())
    }

    /// Hears an event from now on, if it may; what the subscription listens to.
    async fn listen(&mut self, event: &Event<'_>, watch: Watch) -> Result<Watch> {
        let heard = self.hear(event, |index, connection, standing| start(index, connection, &watch, standing)).await?;
        Ok(if heard { watch } else { event.unheard(watch) })
    }

    /// Does what makes an event heard, if it may be; whether it was done. A check that another's act may have overtaken is
    /// made again.
    async fn hear(&mut self, event: &Event<'_>, start: impl Fn(&mut Index, ConnectionId, Standing)) -> Result<bool> {
        for _ in 0..TRIES {
            let epoch = self.server.hub().index().access_epoch();
            let caller = self.caller().await?;
            let Some(standing) = self.check(event, caller.as_ref()).await? else { return Ok(false) };
            let mut index = self.server.hub().index_mut();
            if index.access_epoch() == epoch {
                start(&mut index, self.connection, standing);
                return Ok(true);
            }
        }
        Err(Error::unavailable("access changed faster than it could be looked up"))
    }

    /// What the caller may hear everywhere, if the caller may hear this; nothing where that is not to be said.
    async fn check(&self, event: &Event<'_>, caller: Option<&Caller>) -> Result<Option<Standing>> {
        let standing = caller.map(standing).unwrap_or_default();
        match event.row.read {
            Read::Only(who) if self.is_one_of(who, event.about, caller, standing).await? => Ok(Some(standing)),
            Read::Only(_) => Err(not_allowed()),
            Read::Open(who) => Ok(self.is_one_of(who, event.about, caller, standing).await?.then_some(standing)),
        }
    }

    async fn is_one_of(&self, who: Who, about: &str, caller: Option<&Caller>, standing: Standing) -> Result<bool> {
        Ok(match who {
            Who::Anyone => true,
            Who::Nobody => false,
            Who::LoggedIn => caller.is_some(),
            Who::Own => caller.is_some_and(|caller| *caller.id() == *about),
            Who::Concerned(matter) => standing.concerns(matter),
            Who::Follow => self.hearing(about, caller).await? >= Hearing::Messages,
            Who::Attend => self.hearing(about, caller).await? >= Hearing::Everything,
        })
    }

    /// From memory where the index knows that the caller may hear everything (see [`Index::hears`]), as it does of most
    /// rooms that anybody subscribes to: a client that returns asks for its room's streams one by one.
    async fn hearing(&self, rid: &str, caller: Option<&Caller>) -> Result<Hearing> {
        let rid = RoomId::new(rid);
        let is_known = |index: &Index| caller.is_some_and(|caller| index.hears(caller.id(), &rid));
        if self.server.hub().settled_index().is_some_and(|index| is_known(&index)) {
            return Ok(Hearing::Everything);
        }
        hearing(self.server.chat(), caller, &rid).await
    }

    /// Begins to hear what was listened to before anybody was logged in and is for its user; what is not for the user ends.
    pub(super) async fn renew_subscriptions(&mut self, uid: &UserId) -> Result<()> {
        for watch in self.subscriptions.watches() {
            let (row, about) = match &watch {
                Watch::Feed(feed) if !feed.is_public() => (feed.row(), uid.as_str()),
                Watch::Room(rid, feed) => (feed.row(), rid.as_str()),
                _ => continue,
            };
            match self.listen(&Event { row, about }, watch.clone()).await {
                Ok(_) => {}
                Err(error) if is_own_fault(&error) => return Err(error),
                Err(_) => self.end_subscriptions(|one| *one == watch),
            }
        }
        Ok(())
    }

    /// Ends subscriptions that were stopped, and says so.
    pub(super) fn end_subscriptions(&mut self, ended: impl Fn(&Watch) -> bool) {
        for id in self.subscriptions.take(ended) {
            self.say(ddp::nosub(&id, &not_allowed()));
        }
    }

    /// Forgets a subscription; whether there was one. What no other listens to is heard no more.
    pub(super) fn forget(&mut self, id: &str) -> bool {
        let Some(watch) = self.subscriptions.remove(id) else { return false };
        if !self.subscriptions.holds(&watch) {
            self.stop(&watch);
        }
        true
    }

    fn stop(&self, watch: &Watch) {
        match watch {
            Watch::Silent => {}
            Watch::Feed(feed) => self.server.hub().index_mut().listen(self.connection, *feed, false),
            Watch::Room(rid, feed) => self.server.hub().index_mut().unwatch(self.connection, rid, *feed),
            Watch::Presence => self.server.hub().index_mut().forget_watched(self.connection),
        }
    }

    /// The first such subscription of a connection stands; later ones only change its list, and end at once.
    async fn watch_presence(&mut self, id: &str, event: &Event<'_>, options: &Value) -> Result<()> {
        let named = |key: &str| options.get(key).and_then(Value::as_array).into_iter().flatten();
        let uids = |key: &str| named(key).filter_map(Value::as_str).map(UserId::new).collect::<Vec<_>>();
        let (added, removed) = (uids("added"), uids("removed"));
        self.hear(event, |index, connection, _| {
            removed.iter().for_each(|uid| index.unwatch_presence(connection, uid));
            // Beyond the bound a client is not told of more.
            let _ = added.iter().all(|uid| index.watch_presence(connection, uid));
        })
        .await?;
        match self.subscriptions.holds(&Watch::Presence) {
            true => {
                self.say(ddp::unsubscribed(id));
                Ok(())
            }
            false => self.ready(id, &Watch::Presence),
        }
    }

    /// The web client's own versions: it reloads when they change, so they are as constant as the program.
    fn say_versions(&self) {
        let version = env!("CARGO_PKG_VERSION");
        let fields = json!({
            "version": version,
            "versionRefreshable": version,
            "versionNonRefreshable": version,
            "versionReplaceable": version,
        });
        for arch in ["web.browser", "web.browser.legacy", "web.cordova", "version"] {
            self.say(ddp::added("meteor_autoupdate_clientVersions", arch, &fields));
        }
    }
}

/// What cannot be read names no event: whether there is such a stream at all is said first.
fn wish_event(wish: &Result<Wish>) -> &str {
    wish.as_ref().map_or("x", |wish| &wish.event)
}

fn start(index: &mut Index, connection: ConnectionId, watch: &Watch, standing: Standing) {
    match watch {
        Watch::Silent | Watch::Presence => {}
        Watch::Feed(feed) => {
            index.listen(connection, *feed, true);
            if *feed == Feed::MyMessages {
                index.roam(connection, standing.channels);
            }
        }
        Watch::Room(rid, feed) => index.watch(connection, rid, *feed),
    }
}

fn not_allowed() -> Error {
    Error::new("not-allowed", "")
}
