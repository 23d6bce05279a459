//! Looking again at who may hear what they hear, when that may have changed.
//!
//! What may have changed it is a [`Doubt`], which stands in the index from the moment of the commit. While there is one
//! nothing of rooms is told to anybody but by membership: the fan-out looks again before it goes on, and everybody else
//! waits for it. So what was committed before an act that takes access is not told after it either.

use super::{ConnectionId, Hub, Index, UNCERTAIN};
use crate::streams::{Feed, Read, Who};
use gantry_chat::Chat;
use gantry_chat::streams::{self, Hearing, Standing};
use gantry_model::event::{Event, UserChange};
use gantry_model::{Error, Result, RoomId, UserId};
use std::collections::HashSet;

/// Who may hear less than the index says, or more.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Doubt {
    /// Everybody: a permission was handed out anew.
    Everybody,
    /// Those who are not logged in: what is open to them may have changed.
    Strangers,
    /// One user, whose roles changed, or whose account was activated or deactivated.
    User(UserId),
    /// Who listens to one room, which may be of another kind now.
    Room(RoomId),
}

impl Doubt {
    /// What an event makes doubtful.
    pub(super) fn about(event: &Event) -> Option<Self> {
        match event {
            Event::PermissionChanged { id, .. } => streams::decides_hearing(id).then_some(Self::Everybody),
            Event::SettingChanged { id, .. } => {
                streams::decides_hearing_of_strangers(id.as_str()).then_some(Self::Strangers)
            }
            Event::RoleGranted { uid, .. }
            | Event::UserRemoved { uid, .. }
            | Event::UserChanged { uid, what: UserChange::Roles | UserChange::Active } => Some(Self::User(uid.clone())),
            Event::RoomChanged { rid, named: true } => Some(Self::Room(rid.clone())),
            _ => None,
        }
    }
}

/// Users and rooms; nobody stands for those who are not logged in.
type Audience = HashSet<(Option<UserId>, RoomId)>;

/// What is to be looked up.
#[derive(Default)]
struct Question {
    audience: Audience,
    users: HashSet<UserId>,
}

impl Question {
    fn about(index: &Index, doubts: &HashSet<Doubt>) -> Self {
        let mut question = Self::default();
        for doubt in doubts {
            match doubt {
                Doubt::Everybody => {
                    question.audience.extend(index.audience());
                    question.users.extend(index.users().cloned());
                }
                Doubt::Strangers => {
                    question.audience.extend(index.audience().into_iter().filter(|(uid, _)| uid.is_none()))
                }
                Doubt::User(uid) if index.is_online(uid) => {
                    question.audience.extend(index.audience_of(uid));
                    question.users.insert(uid.clone());
                }
                Doubt::User(_) => {}
                Doubt::Room(rid) => {
                    question.audience.extend(index.audience_in(rid));
                    question.audience.extend(index.narrow_members(rid).map(|uid| (Some(uid.clone()), rid.clone())));
                }
            }
        }
        question
    }
}

/// What was looked up.
struct Findings {
    standings: Vec<(UserId, Standing)>,
    hearings: Vec<(Option<UserId>, RoomId, Hearing)>,
}

/// Looks again until nothing is in doubt any more.
pub(super) async fn settle(chat: &Chat, hub: &Hub) {
    loop {
        let (question, doubts) = {
            let index = hub.index();
            (Question::about(&index, &index.doubts().iter().cloned().collect()), index.doubts().len())
        };
        if doubts == 0 {
            return;
        }
        let found = look_up(chat, hub, &question).await;
        let mut index = hub.index_mut();
        match found {
            Ok(findings) => findings.apply(&mut index),
            Err(error) => {
                tracing::warn!(cause = error.cause(), "who may hear what is not known: they are to connect again");
                give_up(&mut index, &question);
            }
        }
        index.settle(doubts);
    }
}

/// How often a newcomer is looked at anew when somebody's access changes meanwhile.
const TRIES: usize = 8;

/// Looks up which rooms somebody may read who has just become known to the index.
///
/// Fails when the store is out of reach, or access changed all the time.
pub(super) async fn newcomer(chat: &Chat, hub: &Hub, uid: &UserId) -> Result<()> {
    for _ in 0..TRIES {
        let (epoch, question) = {
            let index = hub.index();
            (index.access_epoch(), Question { audience: Audience::new(), users: HashSet::from([uid.clone()]) })
        };
        let findings = look_up(chat, hub, &question).await?;
        let mut index = hub.index_mut();
        if index.access_epoch() == epoch {
            findings.apply(&mut index);
            return Ok(());
        }
    }
    Err(Error::unavailable("access changed faster than it could be looked up"))
}

async fn look_up(chat: &Chat, hub: &Hub, question: &Question) -> Result<Findings> {
    let standings = match question.users.is_empty() {
        true => Vec::new(),
        false => streams::standings(chat, question.users.iter().cloned().collect()).await?,
    };
    let mut audience = question.audience.clone();
    for (uid, _) in standings.iter().filter(|(_, standing)| standing.active && !standing.joined) {
        audience.extend(hub.index().memberships(uid).map(|rid| (Some(uid.clone()), rid.clone())));
    }
    let hearings = match audience.is_empty() {
        true => Vec::new(),
        false => streams::hearings(chat, audience.into_iter().collect()).await?,
    };
    Ok(Findings { standings, hearings })
}

impl Findings {
    fn apply(&self, index: &mut Index) {
        for (uid, standing) in &self.standings {
            apply(index, uid, *standing);
        }
        for (uid, rid, hearing) in &self.hearings {
            index.limit(uid.as_ref(), rid, *hearing);
        }
    }
}

fn apply(index: &mut Index, uid: &UserId, standing: Standing) {
    index.set_narrow(uid, !standing.joined);
    for connection in index.connections_of(uid) {
        if !standing.active {
            end(index, connection);
            continue;
        }
        for feed in Feed::ALL {
            if let Read::Only(Who::Concerned(matter)) = feed.row().read
                && !standing.concerns(matter)
            {
                index.listen(connection, *feed, false);
            }
        }
        let roams = standing.channels && index.listens(connection, Feed::MyMessages);
        index.roam(connection, roams);
    }
}

/// Nobody hears what might not be theirs.
fn give_up(index: &mut Index, question: &Question) {
    let users: HashSet<&UserId> =
        question.audience.iter().filter_map(|(uid, _)| uid.as_ref()).chain(&question.users).collect();
    for connection in users.into_iter().flat_map(|uid| index.connections_of(uid)).collect::<Vec<_>>() {
        end(index, connection);
    }
    for (_, rid) in question.audience.iter().filter(|(uid, _)| uid.is_none()) {
        index.limit(None, rid, Hearing::Nothing);
    }
}

fn end(index: &mut Index, connection: ConnectionId) {
    if let Some(outbox) = index.outbox(connection).cloned() {
        index.unbind(connection);
        outbox.finish(UNCERTAIN);
    }
}
