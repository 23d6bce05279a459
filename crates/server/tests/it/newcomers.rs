//! First steps: the rooms that everybody is in, and what a new server asks its administrator.

use crate::world::{Server, User};
use gantry_testkit::{Ddp, both_databases};
use serde_json::{Value, json};

async fn is_member(user: &User, rid: &str) -> bool {
    let seat = user.rest.get("subscriptions.getOne", &[("roomId", rid)]).await.ok()["subscription"].clone();
    seat.is_object()
}

async fn default_room(server: &Server, name: &str) -> String {
    let rid = server.admin.channel(name, &[]).await;
    server.admin.rest.post("channels.setDefault", json!({ "roomId": rid, "default": true })).await.ok();
    rid
}

async fn newest(user: &User, rid: &str) -> Value {
    let page = user.rest.get("channels.history", &[("roomId", rid), ("count", "1")]).await.ok();
    page["messages"][0]["t"].clone()
}

both_databases! {
    async fn default_rooms_are_joined_with_a_word_or_without(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (news, old) = (default_room(&server, "news").await, default_room(&server, "old").await);
        server.admin.rest.post("channels.archive", json!({ "roomId": old })).await.ok();
        let (anns, bobs) = (ann.socket().await, bob.socket().await);
        anns.call("joinDefaultChannels", json!([true])).await.unwrap();
        assert!(is_member(&ann, &news).await && !is_member(&ann, &old).await);
        assert_ne!(newest(&ann, &news).await, "uj");
        bobs.call("joinDefaultChannels", json!([])).await.unwrap();
        assert_eq!(newest(&bob, &news).await, "uj");
        bobs.call("joinDefaultChannels", json!([false])).await.unwrap();
        let room = ann.rest.get("channels.info", &[("roomId", &news)]).await.ok()["channel"].clone();
        assert_eq!(room["usersCount"], 3);
        assert_eq!(bobs.call("joinDefaultChannels", json!(["x"])).await.unwrap_err()["error"], 400);
        let nobody = Ddp::connect(&server.base).await;
        let refused = nobody.call("joinDefaultChannels", json!([])).await.unwrap_err();
        assert_eq!(refused["error"], "error-invalid-user");
    }

    async fn the_wizard_asks_for_what_its_reader_may_see(server: Server) {
        let ids = |answer: &Value| -> Vec<String> {
            let settings = answer["settings"].as_array().unwrap().iter();
            settings.map(|one| one["_id"].as_str().unwrap().to_owned()).collect()
        };
        let everybodys = Ddp::connect(&server.base).await.call("getSetupWizardParameters", json!([])).await.unwrap();
        assert_eq!(everybodys["serverAlreadyRegistered"], false);
        assert_eq!(ids(&everybodys), ["Assets_logo", "Language", "Organization_Name", "Site_Name"]);
        assert_eq!(everybodys["settings"][3]["wizard"], json!({ "step": 3, "order": 0 }));
        let admins = server.admin.socket().await.call("getSetupWizardParameters", json!([])).await.unwrap();
        assert!(ids(&admins).contains(&"Organization_Type".to_owned()), "{admins}");
    }
}
