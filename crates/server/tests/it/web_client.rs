//! What browsers load: the client's page and files, under which headers, and what stands there without a client.

use crate::pages::start;
use crate::world::Server;
use gantry_server::web::File;
use gantry_testkit::{Answer, Rest, both_databases};
use http::Method;
use serde_json::json;

const FILES: &[File] = &[
    File {
        path: "/assets/app-1a2b3c.js",
        plain: b"a script",
        brotli: Some(b"a script, brotli"),
        gzip: Some(b"a script, gzip"),
    },
    File { path: "/boot.js", plain: b"boot", brotli: None, gzip: None },
    File {
        path: "/index.html",
        plain: b"<html><meta content=\"{version}\"><meta content=\"{speaks}\">The client</html>",
        brotli: None,
        gzip: None,
    },
];

/// A browser in front of a server with that client.
fn browser(server: &Server) -> Rest {
    let addr = start(server.gantry.routes_with(FILES));
    Rest::new(&format!("http://{addr}")).with("accept", "text/html,application/xhtml+xml,*/*;q=0.8")
}

async fn get(browser: &Rest, path: &str, headers: &[(&str, &str)]) -> Answer {
    browser.send(Method::GET, path, headers, "").await
}

fn text(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

fn policy(answer: &Answer) -> &str {
    answer.header("content-security-policy").unwrap_or_default()
}

both_databases! {
    async fn every_address_of_the_client_is_its_page(server: Server) {
        let browser = browser(&server);
        for path in ["/", "/home", "/channel/general", "/group/v1.2", "/direct/abc?msg=1", "/admin/settings/General",
            "/login", "/register/secret", "/invite/abc", "/setup-wizard", "/api-docs", "/gallery"] {
            let page = get(&browser, path, &[]).await;
            assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")), "{path}");
            assert_eq!(page.header("cache-control"), Some("no-cache"), "{path}");
            assert!(text(&page).contains("The client"), "{path}");
        }
        let page = text(&get(&browser, "/", &[]).await);
        assert!(page.contains("content=\"8.5.0\"") && !page.contains('{'), "{page}");
    }

    async fn what_is_not_there_is_no_page(server: Server) {
        let browser = browser(&server);
        for path in ["/assets/old-1.js", "/robots.txt", "/file-upload/1/a.png", "/custom-sounds/x", "/api", "/index.html.map"] {
            let nothing = get(&browser, path, &[]).await;
            assert_eq!((nothing.status, text(&nothing).as_str()), (404, "Not found"), "{path}");
        }
        assert_eq!(get(&browser, "/api/v1/nothing", &[]).await.status, 404);
        let program = Rest::new(browser.base());
        assert_eq!(get(&program, "/home", &[("accept", "application/json")]).await.status, 404);
        assert_eq!(get(&program, "/home", &[]).await.status, 200);
        assert_eq!(browser.post("/home", json!({})).await.status, 404);
    }

    async fn a_page_is_kept_and_asked_for_again(server: Server) {
        let browser = browser(&server);
        let page = get(&browser, "/home", &[]).await;
        let tag = page.header("etag").unwrap();
        assert!(tag.starts_with('"'), "{tag} is not strong");
        let again = get(&browser, "/channel/general", &[("if-none-match", tag)]).await;
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, Some(tag)));
        assert!(policy(&again).starts_with("default-src 'self'"));
        let head = browser.send(Method::HEAD, "/home", &[], "").await;
        assert_eq!((head.status, head.body.len(), head.header("etag")), (200, 0, Some(tag)));
        assert_eq!(head.header("content-length"), Some(page.body.len().to_string().as_str()));
    }

    async fn files_come_in_the_form_that_the_browser_takes(server: Server) {
        let browser = browser(&server);
        let path = "/assets/app-1a2b3c.js";
        for (taken, form, body) in [
            ("gzip, deflate, br", Some("br"), "a script, brotli"),
            ("gzip", Some("gzip"), "a script, gzip"),
            ("br;q=0", None, "a script"),
        ] {
            let file = get(&browser, path, &[("accept-encoding", taken)]).await;
            assert_eq!((file.status, file.header("content-encoding"), text(&file).as_str()), (200, form, body));
            assert_eq!(file.header("vary"), Some("Accept-Encoding"));
            assert_eq!(file.header("content-type"), Some("text/javascript; charset=utf-8"));
            assert_eq!(file.header("cache-control"), Some("public, max-age=31536000, immutable"));
            let again = [("accept-encoding", taken), ("if-none-match", file.header("etag").unwrap())];
            assert_eq!(get(&browser, path, &again).await.status, 304, "{taken}");
        }
        let boot = get(&browser, "/boot.js", &[("accept-encoding", "br")]).await;
        assert_eq!((text(&boot).as_str(), boot.header("content-encoding")), ("boot", None));
        assert_eq!(boot.header("cache-control"), Some("no-cache"));
    }

    async fn a_page_may_load_its_own_alone(server: Server) {
        let browser = browser(&server);
        let page = get(&browser, "/", &[]).await;
        let sockets = browser.base().replace("http://", "ws://");
        assert!(policy(&page).contains("script-src 'self'; style-src 'self';") && policy(&page).contains(&sockets));
        assert!(policy(&page).ends_with("frame-ancestors 'self'") && !policy(&page).contains("unsafe"));
        for (header, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("x-frame-options", "SAMEORIGIN"),
        ] {
            assert_eq!(page.header(header), Some(value));
        }
        assert!(page.header("permissions-policy").unwrap().contains("camera=()"));
    }

    async fn the_policy_follows_its_settings_at_once(server: Server) {
        let browser = browser(&server);
        server.set("Iframe_X_Frame_Options", json!("deny")).await;
        let page = get(&browser, "/", &[]).await;
        assert!(policy(&page).ends_with("frame-ancestors 'none'"));
        assert_eq!(page.header("x-frame-options"), Some("DENY"));
        server.set("Iframe_X_Frame_Options", json!("allow-from https://intranet.example")).await;
        assert!(policy(&get(&browser, "/", &[]).await).ends_with("frame-ancestors 'self' https://intranet.example"));
        server.set("Iframe_Restrict_Access", json!(false)).await;
        assert!(!policy(&get(&browser, "/", &[]).await).contains("frame-ancestors"));
        server.set("Extra_CSP_Domains", json!("https://cdn.example\n'unsafe-inline'; x")).await;
        assert!(policy(&get(&browser, "/", &[]).await).contains("script-src 'self' https://cdn.example x;"));
        server.set("Enable_CSP", json!(false)).await;
        assert_eq!(get(&browser, "/", &[]).await.header("content-security-policy"), None);
    }

    async fn the_manifest_has_the_servers_name(server: Server) {
        let browser = browser(&server);
        server.set("Site_Name", json!("Ann & \"friends\"")).await;
        let manifest = get(&browser, "/manifest.webmanifest", &[]).await;
        assert_eq!(manifest.header("content-type"), Some("application/manifest+json"));
        assert_eq!((&manifest["name"], &manifest["start_url"]), (&json!("Ann & \"friends\""), &json!("/home")));
        for icon in manifest["icons"].as_array().unwrap() {
            let answer = get(&browser, icon["src"].as_str().unwrap(), &[]).await;
            assert_eq!((answer.status, answer.header("content-type")), (200, icon["type"].as_str()), "{icon}");
        }
        let value = server.nobody().get("settings.public", &[("_id", "Assets_favicon_512")]).await.ok();
        let path = format!("/{}", value["settings"][0]["value"]["defaultUrl"].as_str().unwrap());
        assert_eq!(get(&browser, &path, &[]).await.header("content-type"), Some("image/png"), "{path}");
    }

    async fn a_build_without_a_client_says_so(server: Server) {
        let addr = start(server.gantry.routes_with(&[]));
        let browser = Rest::new(&format!("http://{addr}"));
        let page = get(&browser, "/", &[]).await;
        assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
        assert!(policy(&page).starts_with("default-src 'none'; style-src 'sha256-") && !policy(&page).contains("unsafe"));
        let html = text(&page);
        assert!(html.contains("This build has no web client") && html.contains("prefers-color-scheme: dark"));
        // The desktop app asks for the version to expect.
        assert!(html.contains("if (name === \"/app/utils/rocketchat.info\") return { Info: { version: \"8.5.0\" } };"));
        assert!(html.contains("<html lang=\"en\">") && !html.contains("{version}") && !html.contains("{speaks}"));
        assert_eq!(get(&browser, "/home", &[]).await.status, 404);
    }
}
