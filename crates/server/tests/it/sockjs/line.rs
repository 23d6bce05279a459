//! A client of one session, over any of the transports that are no socket.

use super::request::{Answer, request};
use serde_json::{Value, json};
use std::collections::VecDeque;

/// How a client listens, and how it speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Transport {
    Xhr,
    XhrStreaming,
    EventSource,
    Jsonp,
}

pub(super) const ALL: [Transport; 4] =
    [Transport::Xhr, Transport::XhrStreaming, Transport::EventSource, Transport::Jsonp];

/// A session that a client has begun.
pub(super) struct Line {
    base: String,
    session: String,
    transport: Transport,
    listening: Option<Answer>,
    /// Messages of DDP that were heard and not taken.
    heard: VecDeque<Value>,
}

impl Line {
    /// Opens a session of this name and shakes hands.
    pub(super) async fn connect(base: &str, session: &str, transport: Transport) -> Self {
        let mut line = Self::new(base, session, transport);
        assert_eq!(line.frame().await, "o");
        line.send(json!({ "msg": "connect", "version": "1", "support": ["1"] })).await;
        line.wait(|message| message["msg"] == "connected").await;
        line
    }

    pub(super) fn new(base: &str, session: &str, transport: Transport) -> Self {
        let (base, session) = (base.to_owned(), session.to_owned());
        Self { base, session, transport, listening: None, heard: VecDeque::new() }
    }

    /// A request of the session.
    pub(super) async fn ask(&self, method: &str, act: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        request(&self.base, method, &format!("/sockjs/000/{}/{act}", self.session), headers, body).await
    }

    /// A request that listens.
    pub(super) async fn listen(&self) -> Answer {
        match self.transport {
            Transport::Xhr => self.ask("POST", "xhr", &[], "").await,
            Transport::XhrStreaming => {
                let mut answer = self.ask("POST", "xhr_streaming", &[], "").await;
                assert_eq!(answer.line().await.unwrap(), "h".repeat(2048));
                answer
            }
            Transport::EventSource => self.ask("GET", "eventsource", &[], "").await,
            Transport::Jsonp => self.ask("GET", "jsonp?c=_jp.x1", &[], "").await,
        }
    }

    /// The request that listens now.
    pub(super) async fn listening(&mut self) -> Answer {
        match self.listening.take() {
            Some(listening) => listening,
            None => self.listen().await,
        }
    }

    /// The next frame of SockJS, over as many requests as it takes.
    pub(super) async fn frame(&mut self) -> String {
        loop {
            let mut listening = self.listening().await;
            assert_eq!(listening.status, 200);
            if let Some(line) = listening.line().await {
                // A poll is over with its first frame.
                let streams = [Transport::XhrStreaming, Transport::EventSource].contains(&self.transport);
                self.listening = Some(listening).filter(|_| streams);
                return self.unwrap(&line);
            }
        }
    }

    fn unwrap(&self, line: &str) -> String {
        match self.transport {
            Transport::Xhr | Transport::XhrStreaming => line.to_owned(),
            Transport::EventSource => line.strip_prefix("data: ").unwrap().to_owned(),
            Transport::Jsonp => {
                let quoted = line.strip_prefix("/**/_jp.x1(").unwrap().strip_suffix(");").unwrap();
                serde_json::from_str(quoted).unwrap()
            }
        }
    }

    /// Says something of DDP.
    pub(super) async fn send(&self, message: Value) {
        let body = json!([message.to_string()]).to_string();
        let answer = match self.transport {
            Transport::Jsonp => {
                let form = [("content-type", "application/x-www-form-urlencoded")];
                let quoted: String = body.bytes().map(|byte| format!("%{byte:02X}")).collect();
                self.ask("POST", "jsonp_send", &form, &format!("d={quoted}")).await
            }
            _ => self.ask("POST", "xhr_send", &[], &body).await,
        };
        let jsonp = self.transport == Transport::Jsonp;
        assert_eq!(answer.status, if jsonp { 200 } else { 204 });
        assert_eq!(answer.text().await, if jsonp { "ok" } else { "" });
    }

    /// Waits for a message of DDP; what is heard before it is let go.
    pub(super) async fn wait(&mut self, right: impl Fn(&Value) -> bool) -> Value {
        loop {
            while let Some(message) = self.heard.pop_front() {
                if right(&message) {
                    return message;
                }
            }
            let frame = self.frame().await;
            let array = frame.strip_prefix('a').expect("an array of messages");
            let messages: Vec<String> = serde_json::from_str(array).unwrap();
            self.heard.extend(messages.iter().map(|text| serde_json::from_str::<Value>(text).unwrap()));
        }
    }

    /// Calls a method; its result or error.
    pub(super) async fn call(&mut self, method: &str, params: Value) -> Value {
        self.send(json!({ "msg": "method", "id": method, "method": method, "params": params })).await;
        self.wait(|message| message["msg"] == "result" && message["id"] == method).await
    }

    /// Subscribes to an event; `ready` or `nosub`.
    pub(super) async fn sub(&mut self, stream: &str, event: &str) -> Value {
        self.send(json!({ "msg": "sub", "id": event, "name": stream, "params": [event, false] })).await;
        self.wait(|message| message["msg"] == "ready" || message["msg"] == "nosub").await
    }

    /// What was heard and not taken, up to the answer to a ping.
    pub(super) async fn rest(&mut self) -> Vec<Value> {
        let mut rest: Vec<Value> = self.heard.drain(..).collect();
        self.send(json!({ "msg": "ping", "id": "rest" })).await;
        loop {
            let message = self.wait(|_| true).await;
            if message["msg"] == "pong" {
                return rest;
            }
            rest.push(message);
        }
    }
}
