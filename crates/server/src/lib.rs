//! A team-chat server that speaks Rocket.Chat's REST and realtime APIs.
