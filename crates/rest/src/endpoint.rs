//! One row per endpoint: everything about it but what it does.
//!
//! From a row come routing, authentication, permission, rate limit, validation with its texts, deprecation headers,
//! size limits, the OpenAPI document, `gantry endpoints`, and the tests that every endpoint must pass. A typed handler
//! is reduced to one erased shape here, before it meets the HTTP server, so that the stack above is compiled once.

use crate::call::{Call, Visit};
use crate::params::{Param, ParamsError, Schema, Source, from_value};
use crate::reply::Reply;
use gantry_model::Permission;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashMap;
use std::pin::Pin;

/// The verbs in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "they are HTTP's own words")]
pub enum Verb {
    Get,
    Post,
    Put,
    Delete,
}

impl Verb {
    /// As it stands in a request.
    pub fn text(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    pub(crate) fn of(method: &http::Method) -> Option<Self> {
        [Self::Get, Self::Post, Self::Put, Self::Delete].into_iter().find(|verb| verb.text() == method.as_str())
    }
}

/// Who gets what from an endpoint: its class in the access matrix, from which an independent oracle derives the expected
/// answer for every kind of caller and room. Every row names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Everybody, logged in or not, gets the same.
    Anyone,
    /// Every account, about the server or about accounts as everybody sees them.
    Accounts,
    /// Every account, about what is its own.
    Own,
    /// What is in a room: those who may read it.
    ReadRoom,
    /// An act in a room that members may do.
    ActInRoom,
    /// An act over a room or its members: roles in the room, or global permissions.
    RuleRoom,
    /// Administration: the row's permissions, or those its operation asks for.
    Administer,
}

/// How often a caller may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateLimit {
    /// By the settings.
    Default,
    /// So many in a window of so many milliseconds.
    Own(u32, i64),
    /// As many as `Rate_Limiter_Limit_RegisterUser` says in a default window.
    Registration,
    /// Not limited here.
    Off,
}

/// Whether an endpoint asks for a second factor, from whom it is asked at all ([`gantry_chat::auth::second_factor`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// It does not.
    Never,
    /// The operation does, for some of what it may be called for.
    Sometimes,
    /// It does.
    Always,
}

/// What a caller is told beside the answer of an endpoint that will go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deprecation {
    /// The release it goes with.
    pub version: &'static str,
    /// What to use instead.
    pub message: &'static str,
}

type Erased =
    Box<dyn Fn(Visit, Value) -> Result<Pin<Box<dyn Future<Output = Reply> + Send>>, ParamsError> + Send + Sync>;

/// An endpoint.
pub struct Row {
    /// The verb.
    pub verb: Verb,
    /// The path below `/api/v1/`, or from `/` on; `:name` stands for one segment.
    pub path: &'static str,
    /// Its class in the access matrix.
    pub access: Access,
    /// Somebody must be logged in.
    pub login: bool,
    /// All of these are needed; without one: 403.
    pub permissions: Vec<Permission>,
    /// Permissions the operation asks for itself; named for the documentation.
    pub names: Vec<Permission>,
    /// Whether a second factor is asked for.
    pub factor: Asking,
    /// How often.
    pub rate: RateLimit,
    /// Longest body in bytes, where it is another than the server's.
    pub body_limit: Option<usize>,
    /// One sentence.
    pub about: Cow<'static, str>,
    /// Release of the published API it came with.
    pub since: &'static str,
    /// It will go.
    pub deprecated: Option<Deprecation>,
    /// The parameters' description.
    pub params: &'static Schema,
    /// Keys of the answer and the documents under them, for OpenAPI.
    pub answers: Vec<(&'static str, &'static str)>,
    /// The answer is a list of these documents, and nothing around it.
    pub answers_list: Option<&'static str>,
    /// What limits are counted by when nobody is logged in, besides the address.
    pub account_of: Option<fn(&Value) -> Option<String>>,
    pub(crate) run: Erased,
}

impl Row {
    /// The whole path.
    pub fn full_path(&self) -> String {
        if self.path.starts_with('/') { self.path.to_owned() } else { format!("/api/v1/{}", self.path) }
    }

    /// Where its parameters stand.
    pub fn source(&self) -> Source {
        if self.verb == Verb::Get { Source::Query } else { Source::Body }
    }
}

/// What a handler is called with: [`Call`] when somebody must be logged in, [`Visit`] when nobody need be.
pub trait Context: Sized {
    /// Somebody must be logged in.
    const LOGIN: bool;

    /// From a request whose login was checked; nothing when nobody is logged in and somebody must be.
    fn from_visit(visit: Visit) -> Option<Self>;
}

impl Context for Visit {
    const LOGIN: bool = false;

    fn from_visit(visit: Visit) -> Option<Self> {
        Some(visit)
    }
}

impl Context for Call {
    const LOGIN: bool = true;

    fn from_visit(visit: Visit) -> Option<Self> {
        Call::of(visit)
    }
}

/// All endpoints; families add theirs.
#[derive(Default)]
pub struct Api {
    rows: Vec<Row>,
}

/// Holds a schema where a row can point to it.
struct SchemaOf<P>(std::marker::PhantomData<P>);

impl<P: Param> SchemaOf<P> {
    const SCHEMA: &'static Schema = &P::SCHEMA;
}

/// What the builder's methods change of the row just added.
pub struct Added<'a>(&'a mut Row);

impl Api {
    /// Adds `GET path`; parameters stand in the query.
    pub fn get<C: Context, P: Param + 'static, F: Future<Output = Reply> + Send + 'static>(
        &mut self,
        path: &'static str,
        access: Access,
        handler: impl Fn(C, P) -> F + Copy + Send + Sync + 'static,
    ) -> Added<'_> {
        self.add(Verb::Get, path, access, handler)
    }

    /// Adds `POST path`; parameters stand in the body.
    pub fn post<C: Context, P: Param + 'static, F: Future<Output = Reply> + Send + 'static>(
        &mut self,
        path: &'static str,
        access: Access,
        handler: impl Fn(C, P) -> F + Copy + Send + Sync + 'static,
    ) -> Added<'_> {
        self.add(Verb::Post, path, access, handler)
    }

    /// Adds `DELETE path`; parameters stand in the path, or in the body.
    pub fn delete<C: Context, P: Param + 'static, F: Future<Output = Reply> + Send + 'static>(
        &mut self,
        path: &'static str,
        access: Access,
        handler: impl Fn(C, P) -> F + Copy + Send + Sync + 'static,
    ) -> Added<'_> {
        self.add(Verb::Delete, path, access, handler)
    }

    fn add<C: Context, P: Param + 'static, F: Future<Output = Reply> + Send + 'static>(
        &mut self,
        verb: Verb,
        path: &'static str,
        access: Access,
        handler: impl Fn(C, P) -> F + Copy + Send + Sync + 'static,
    ) -> Added<'_> {
        let source = if verb == Verb::Get { Source::Query } else { Source::Body };
        let run: Erased = Box::new(move |visit, value| {
            let params = from_value::<P>(source, value)?;
            Ok(match C::from_visit(visit) {
                Some(context) => Box::pin(handler(context, params)),
                None => Box::pin(std::future::ready(Err(gantry_model::Error::not_logged_in()))),
            })
        });
        let row = Row {
            verb,
            path,
            access,
            login: C::LOGIN,
            permissions: Vec::new(),
            names: Vec::new(),
            factor: Asking::Never,
            rate: RateLimit::Default,
            body_limit: None,
            about: Cow::Borrowed(""),
            since: "",
            deprecated: None,
            params: SchemaOf::<P>::SCHEMA,
            answers: Vec::new(),
            answers_list: None,
            account_of: None,
            run,
        };
        let at = self.rows.len();
        self.rows.push(row);
        Added(&mut self.rows[at])
    }

    /// The rows, in the order of their families.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub(crate) fn into_routes(self) -> Routes {
        Routes::new(self.rows)
    }
}

impl Added<'_> {
    /// The dispatcher refuses callers without this permission: 403.
    pub fn permission(self, permission: Permission) -> Self {
        self.0.permissions.push(permission);
        self
    }

    /// The operation decides by this permission; here it is only named.
    pub fn names(self, permission: Permission) -> Self {
        self.0.names.push(permission);
        self
    }

    /// The dispatcher asks for a second factor before the handler runs.
    pub fn two_factor(self) -> Self {
        self.0.factor = Asking::Always;
        self
    }

    /// The operation asks for a second factor, for some of what it may be called for; here it is only named.
    pub fn names_factor(self) -> Self {
        self.0.factor = Asking::Sometimes;
        self
    }

    /// Another limit than the settings'.
    pub fn rate(self, rate: RateLimit) -> Self {
        self.0.rate = rate;
        self
    }

    /// Another longest body than the server's.
    pub fn body_limit(self, bytes: usize) -> Self {
        self.0.body_limit = Some(bytes);
        self
    }

    /// What it does, in one sentence.
    pub fn about(self, sentence: impl Into<Cow<'static, str>>) -> Self {
        self.0.about = sentence.into();
        self
    }

    /// The release of the published API it came with.
    pub fn since(self, release: &'static str) -> Self {
        self.0.since = release;
        self
    }

    /// It will go with `version`; use what `message` says.
    pub fn deprecated(self, version: &'static str, message: &'static str) -> Self {
        self.0.deprecated = Some(Deprecation { version, message });
        self
    }

    /// A key of the answer, and the document under it (`Room`, `[Room]`, `boolean`, …).
    pub fn answers(self, key: &'static str, document: &'static str) -> Self {
        self.0.answers.push((key, document));
        self
    }

    /// The whole answer is a list of such documents.
    pub fn answers_list(self, document: &'static str) -> Self {
        self.0.answers_list = Some(document);
        self
    }

    /// Counts anonymous calls by address and by the account they name.
    pub fn limited_by_account(self, account_of: fn(&Value) -> Option<String>) -> Self {
        self.0.account_of = Some(account_of);
        self
    }
}

/// The rows by path.
pub(crate) struct Routes {
    rows: Vec<Row>,
    exact: HashMap<String, Vec<usize>>,
    /// Paths with a `:name`: what comes before it, the name, the rows.
    prefixed: Vec<(String, &'static str, Vec<usize>)>,
}

/// What a path leads to.
pub(crate) enum Routed<'a> {
    /// A row, its number, and the path's parameter.
    Row(&'a Row, usize, Option<(&'static str, String)>),
    /// The path is known with these verbs only.
    Verbs(Vec<&'static str>),
    Nothing,
}

impl Routes {
    fn new(rows: Vec<Row>) -> Self {
        let mut exact: HashMap<String, Vec<usize>> = HashMap::new();
        let mut prefixed: Vec<(String, &'static str, Vec<usize>)> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let path = row.full_path();
            match row.path.split_once(':') {
                None => exact.entry(path).or_default().push(at),
                Some((_, name)) => {
                    let before = path.split_once(':').map_or(path.as_str(), |(before, _)| before).to_owned();
                    match prefixed.iter_mut().find(|(known, ..)| *known == before) {
                        Some((.., list)) => list.push(at),
                        None => prefixed.push((before, name, vec![at])),
                    }
                }
            }
        }
        Self { rows, exact, prefixed }
    }

    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub(crate) fn find(&self, verb: Option<Verb>, path: &str) -> Routed<'_> {
        let path = path.strip_suffix('/').unwrap_or(path);
        let (list, parameter) = match self.exact.get(path) {
            Some(list) => (list, None),
            None => {
                match self.prefixed.iter().find(|(before, ..)| path.len() > before.len() && path.starts_with(before)) {
                    Some((before, name, list)) => (list, Some((*name, percent_decoded(&path[before.len()..])))),
                    None => return Routed::Nothing,
                }
            }
        };
        let found =
            list.iter().find_map(|at| self.rows.get(*at).filter(|row| Some(row.verb) == verb).map(|row| (row, *at)));
        match found {
            Some((row, at)) => Routed::Row(row, at, parameter),
            None => Routed::Verbs(list.iter().filter_map(|at| self.rows.get(*at)).map(|row| row.verb.text()).collect()),
        }
    }
}

fn percent_decoded(segment: &str) -> String {
    percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned()
}
