//! The REST API: endpoint rows, dispatch, envelopes.
//!
//! [`api`] assembles the rows of all families; [`Rest`] serves them. No rule of chat stands here: a handler finds what
//! the request names, calls one operation and serialises its answer.

mod autocomplete;
pub mod call;
mod channels;
mod chat;
mod commands;
mod cors;
mod directory;
mod dispatch;
pub mod endpoint;
mod family;
mod groups;
mod history;
mod im;
mod info;
mod invites;
mod limiter;
mod login;
mod method;
mod moderation;
pub mod openapi;
pub mod page;
pub mod params;
mod permissions;
mod presence;
mod profile;
pub mod reply;
mod roles;
mod room_administration;
mod room_settings;
mod rooms;
mod settings;
mod statistics;
mod subscriptions;
mod users;

pub use dispatch::{Bounds, Rest, Served};
pub use method::Methods;

/// All endpoints.
pub fn api() -> endpoint::Api {
    let mut api = endpoint::Api::default();
    for family in [
        info::endpoints,
        login::endpoints,
        users::endpoints,
        presence::endpoints,
        channels::endpoints,
        groups::endpoints,
        family::endpoints,
        im::endpoints,
        history::endpoints,
        chat::endpoints,
        rooms::endpoints,
        invites::endpoints,
        room_settings::endpoints,
        directory::endpoints,
        profile::endpoints,
        roles::endpoints,
        moderation::endpoints,
        subscriptions::endpoints,
        settings::endpoints,
        statistics::endpoints,
        commands::endpoints,
        room_administration::endpoints,
        autocomplete::endpoints,
        permissions::endpoints,
        method::endpoints,
        openapi::endpoints,
    ] {
        family(&mut api);
    }
    api
}
