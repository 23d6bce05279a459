//! Somebody who writes, changes and deletes, and repeats what was not answered.

use super::ground::{Game, attempt};
use super::{Shown, dice};
use gantry_testkit::{Ddp, Login, Rest};
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use std::sync::Arc;

/// What is done.
#[derive(Clone, Debug)]
enum Act {
    Say { id: String, text: String },
    Edit { id: String, text: String },
    React { id: String },
    Delete { id: String },
}

/// What was acknowledged.
#[derive(Default)]
pub(super) struct Journal {
    /// Messages that are there, with their texts, in the order in which they were answered.
    said: Vec<(String, String)>,
    deleted: Vec<String>,
}

impl Journal {
    pub(super) fn len(&self) -> usize {
        self.said.len()
    }

    fn note(&mut self, act: Act) {
        match act {
            Act::Say { id, text } => self.said.push((id, text)),
            Act::Edit { id, text } => {
                self.said.iter_mut().filter(|one| one.0 == id).for_each(|one| one.1.clone_from(&text))
            }
            Act::React { .. } => {}
            Act::Delete { id } => {
                self.said.retain(|one| one.0 != id);
                self.deleted.push(id);
            }
        }
    }

    /// What was acknowledged is what is there, in its order.
    pub(super) fn agrees(&self, truth: &[Shown]) {
        let own = truth.iter().filter(|shown| self.said.iter().any(|(id, _)| *id == shown.id));
        let own: Vec<_> = own.map(|shown| (shown.id.clone(), shown.text.clone())).collect();
        assert_eq!(own, self.said, "what was acknowledged, and what is there");
        assert!(!truth.iter().any(|shown| self.deleted.contains(&shown.id)), "something deleted is back");
    }

    fn next(&self, dice: &mut StdRng, name: &str, number: usize) -> Act {
        let fresh = || Act::Say { id: format!("{name}{number:03}x"), text: format!("{number} by {name}") };
        if self.said.is_empty() {
            return fresh();
        }
        let id = self.said[dice.random_range(0..self.said.len())].0.clone();
        match dice.random_range(0..10) {
            0 | 1 => Act::Edit { id, text: format!("{number} by {name}, edited") },
            2 => Act::React { id },
            3 => Act::Delete { id },
            _ => fresh(),
        }
    }
}

/// Does so many acts, each when the one before is answered.
pub(super) async fn write(game: Game, login: Login, part: u64, acts: usize) -> Journal {
    let mut dice = dice(game.seed, part);
    let by_socket = dice.random_bool(0.5);
    let mut journal = Journal::default();
    let mut pen = None;
    for number in 0..acts {
        let name = format!("game{}{}", game.seed, login.username.as_str());
        let act = journal.next(&mut dice, &name, number);
        insist(&game, &login, by_socket, &mut pen, &act).await;
        journal.note(act);
        game.count();
    }
    journal
}

/// What one writes with.
#[derive(Clone)]
enum Pen {
    Rest(Rest),
    Socket(Arc<Ddp>),
}

/// Does it until it is answered; a server that was killed may have done it already.
async fn insist(game: &Game, login: &Login, by_socket: bool, pen: &mut Option<Pen>, act: &Act) {
    let mut again = false;
    loop {
        let base = game.place().await;
        let (login, taken, rid, task) = (login.clone(), pen.take(), game.rid.clone(), act.clone());
        let done = attempt(async move {
            let pen = match taken {
                Some(pen) => pen,
                None => Pen::take_up(&base, &login, by_socket).await,
            };
            let outcome = pen.act(&rid, &task).await;
            (pen, outcome)
        });
        if let Some((kept, outcome)) = done.await {
            *pen = Some(kept);
            let gone_before = again && matches!(act, Act::Delete { .. });
            assert!(outcome.is_ok() || gone_before, "{act:?} was refused: {outcome:?}");
            return;
        }
        again = true;
    }
}

impl Pen {
    async fn take_up(base: &str, login: &Login, by_socket: bool) -> Self {
        if !by_socket {
            return Self::Rest(Rest::new(base).as_user(login));
        }
        let socket = Ddp::connect(base).await;
        socket.login(login).await;
        Self::Socket(Arc::new(socket))
    }

    async fn act(&self, rid: &str, act: &Act) -> Result<(), Value> {
        match self {
            Self::Rest(rest) => by_rest(rest, rid, act).await,
            Self::Socket(socket) => by_method(socket, rid, act).await,
        }
    }
}

async fn by_rest(rest: &Rest, rid: &str, act: &Act) -> Result<(), Value> {
    let (call, body) = match act {
        Act::Say { id, text } => ("chat.sendMessage", json!({ "message": { "_id": id, "rid": rid, "msg": text } })),
        Act::Edit { id, text } => ("chat.update", json!({ "roomId": rid, "msgId": id, "text": text })),
        Act::React { id } => ("chat.react", json!({ "messageId": id, "emoji": ":smile:", "shouldReact": true })),
        Act::Delete { id } => ("chat.delete", json!({ "roomId": rid, "msgId": id })),
    };
    let answer = rest.post(call, body).await;
    if answer.status == 200 { Ok(()) } else { Err(answer.json) }
}

async fn by_method(socket: &Ddp, rid: &str, act: &Act) -> Result<(), Value> {
    let (method, params) = match act {
        Act::Say { id, text } => ("sendMessage", json!([{ "_id": id, "rid": rid, "msg": text }])),
        Act::Edit { id, text } => ("updateMessage", json!([{ "_id": id, "rid": rid, "msg": text }])),
        Act::React { id } => ("setReaction", json!([":smile:", id, true])),
        Act::Delete { id } => ("deleteMessage", json!([{ "_id": id }])),
    };
    socket.call(method, params).await.map(drop)
}
