//! `info`: what every client asks before it logs in.

use crate::call::Visit;
use crate::endpoint::{Access, Api, RateLimit};
use crate::reply::{Object, Reply};
use gantry_chat::admin;
use gantry_model::product::{
    MINIMUM_DESKTOP, MINIMUM_MOBILE, PRODUCT, PRODUCT_VERSION, REPORTED_LINE, REPORTED_VERSION,
};
use serde_json::json;

pub(crate) fn endpoints(api: &mut Api) {
    for path in ["/api/info", "info"] {
        api.get(path, Access::Anyone, info)
            .rate(RateLimit::Off)
            .about("Tells which release of the protocol the server speaks.")
            .since("0.1.0")
            .answers("version", "string")
            .answers("minimumClientVersions", "object");
    }
}

async fn info(visit: Visit, (): ()) -> Reply {
    let trusted = visit.caller.as_ref().is_some_and(admin::may_see_details);
    let version = if trusted { REPORTED_VERSION } else { REPORTED_LINE };
    let answer = Object::new()
        .with("version", version)
        .with("minimumClientVersions", &json!({ "desktop": MINIMUM_DESKTOP, "mobile": MINIMUM_MOBILE }))
        .with("product", &json!({ "name": PRODUCT, "version": PRODUCT_VERSION }));
    let answer = match trusted {
        true => answer.with("info", &json!({ "version": REPORTED_VERSION })),
        false => answer,
    };
    Ok(answer.success())
}
