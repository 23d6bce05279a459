use super::*;
use gantry_model::Code;

const LIMITS: PageLimits = PageLimits { default_count: 50, upper_limit: 100, allow_infinite: true };

fn page(offset: Option<f64>, count: Option<f64>, limits: PageLimits) -> (u64, Option<u64>) {
    let page = PageParams { offset, count, sort: None }.page(&limits);
    (page.offset, page.count)
}

#[test]
fn counts_stay_within_the_limits() {
    assert_eq!(page(None, None, LIMITS), (0, Some(50)));
    assert_eq!(page(Some(10.0), Some(20.9), LIMITS), (10, Some(20)));
    assert_eq!(page(None, Some(1e9), LIMITS), (0, Some(100)));
    assert_eq!(page(None, Some(0.0), LIMITS), (0, None));
    assert_eq!(page(None, Some(0.0), PageLimits { allow_infinite: false, ..LIMITS }), (0, Some(50)));
    assert_eq!(page(Some(-3.0), Some(-1.0), LIMITS), (0, Some(50)));
    assert_eq!(page(Some(1e300), None, LIMITS), (1 << 53, Some(50)));
    let broken = PageLimits { default_count: 0, upper_limit: -1, allow_infinite: true };
    assert_eq!(page(None, None, broken), (0, Some(50)));
    assert_eq!(page(None, Some(1e9), broken), (0, Some(100)));
}

#[test]
fn sort_keeps_the_order_of_its_keys() {
    use Direction::{Ascending, Descending};
    let sort = Sort::parse(r#"{"ts":-1,"name":1,"a.b":1.0}"#).unwrap();
    let keys: Vec<(&str, Direction)> = sort.keys().iter().map(|(key, direction)| (key.as_str(), *direction)).collect();
    assert_eq!(keys, [("ts", Descending), ("name", Ascending), ("a.b", Ascending)]);
    assert_eq!(sort.pick(&[("name", 'n'), ("ts", 't')]), [('t', Descending), ('n', Ascending)]);
    assert_eq!(Sort::parse(r#"{"ts":-1,"t":1}"#).unwrap().pick(&[("t", 't'), ("ts", 't')]), [('t', Descending)]);
    assert_eq!(PageParams::default().sort().unwrap(), Sort::default());
}

#[test]
fn sort_and_fields_refuse_in_the_published_words() {
    for raw in ["{", "x", "[]", "null", "1", r#"{"a":2}"#, r#"{"a":"1"}"#, r#"{"a":null}"#, r#"{"a":true}"#] {
        let sort = Sort::parse(raw).unwrap_err();
        assert_eq!(sort.to_string(), format!("Invalid sort parameter provided: \"{raw}\" [error-invalid-sort]"));
        assert_eq!(sort.details(), Some(&json!({"helperMethod": "parseJsonQuery"})));
        let fields = Fields::parse(raw, &[]).unwrap_err();
        assert_eq!(fields.to_string(), format!("Invalid fields parameter provided: \"{raw}\" [error-invalid-fields]"));
    }
    assert!(Sort::parse(r#"{"a":0}"#).is_err());
    assert!(Fields::parse(r#"{"a":-1}"#, &[]).is_err());
}

fn document() -> Value {
    json!({"_id": "r", "name": "den", "u": {"_id": "a", "username": "ann"}, "joinCode": "x", "emails": 1,
           "list": [{"a": 1, "b": 2}, 3, {"b": 4}]})
}

fn projected(raw: &str) -> Value {
    Fields::parse(raw, &["emails"]).unwrap().apply(document())
}

#[test]
fn fields_keep_or_drop() {
    assert_eq!(projected(r#"{"name":1}"#), json!({"_id": "r", "name": "den"}));
    assert_eq!(projected(r#"{"name":1,"_id":0}"#), json!({"name": "den"}));
    assert_eq!(projected(r#"{"u.username":1}"#), json!({"_id": "r", "u": {"username": "ann"}}));
    assert_eq!(projected(r#"{"u":1,"u.username":1}"#)["u"], document()["u"]);
    assert_eq!(projected(r#"{"list.a":1}"#), json!({"_id": "r", "list": [{"a": 1}, {}]}));
    assert_eq!(projected(r#"{"name.x":1,"none":1}"#), json!({"_id": "r"}));
    let without = json!({"_id": "r", "name": "den", "u": {"_id": "a"}, "list": [{"a": 1}, 3, {}]});
    assert_eq!(projected(r#"{"u.username":0,"list.b":0}"#), without);
    assert_eq!(Fields::default().apply(json!([1])), json!([1]));
}

#[test]
fn nobody_selects_what_is_hidden() {
    for raw in ["{}", r#"{"joinCode":1}"#, r#"{"joinCode.x":1,"emails":1}"#, r#"{"emails":0}"#] {
        let mut expected = document();
        expected.as_object_mut().unwrap().retain(|key, _| key != "joinCode" && key != "emails");
        assert_eq!(projected(raw), expected, "{raw}");
    }
    assert_eq!(projected(r#"{"joinCode":1,"name":1}"#), json!({"_id": "r", "name": "den"}));
}

const RULES: SelectorRules = SelectorRules { fields: &[], operators: &[Operator::Or, Operator::And, Operator::Regex] };

fn selects(raw: &str) -> bool {
    let document = json!({"_id": "r", "t": "c", "n": 2, "ok": true, "u": {"name": "Ann"}, "tags": ["a", "b"],
                          "list": [{"k": 1}, {"k": 2}], "ts": "2026-08-01T12:00:00.000Z", "joinCode": "x", "empty": null});
    Selector::parse(raw, &RULES).unwrap().matches(&document)
}

#[test]
fn selects_by_equality_lists_and_patterns() {
    let meant = [
        "{}",
        r#"{"t":"c","n":2.0,"ok":true}"#,
        r#"{"u.name":"Ann"}"#,
        r#"{"u":{"name":"Ann"}}"#,
        r#"{"tags":"b"}"#,
        r#"{"tags":["a","b"]}"#,
        r#"{"list.k":2}"#,
        r#"{"none":null,"empty":null}"#,
        r#"{"ts":{"$date":1785585600000}}"#,
        r#"{"$or":[{"t":"p"},{"n":2}]}"#,
        r#"{"$and":[{"t":"c"},{"$or":[{"n":1},{"ok":true}]}]}"#,
        r#"{"u.name":{"$regex":"^a","$options":"i"}}"#,
        r#"{"tags":{"$regex":"b$"}}"#,
    ];
    let others = [
        r#"{"t":"p"}"#,
        r#"{"n":"2"}"#,
        r#"{"u.name":"ann"}"#,
        r#"{"tags":["a"]}"#,
        r#"{"list.k":3}"#,
        r#"{"none":1}"#,
        r#"{"$or":[{"t":"p"},{"n":3}]}"#,
        r#"{"$and":[{"t":"c"},{"n":3}]}"#,
        r#"{"u.name":{"$regex":"^a"}}"#,
        r#"{"n":{"$regex":"2"}}"#,
    ];
    meant.iter().for_each(|raw| assert!(selects(raw), "{raw}"));
    others.iter().for_each(|raw| assert!(!selects(raw), "{raw}"));
}

#[test]
fn other_operators_and_hidden_fields_are_taken_out() {
    for raw in [r#"{"$where":"1"}"#, r#"{"$expr":{}}"#, r#"{"joinCode":"guess"}"#, r#"{"joinCode.x":{"$regex":"("}}"#] {
        assert!(selects(raw), "{raw}");
    }
    assert!(!selects(r#"{"t":{"$ne":"p"}}"#));
    assert!(!selects(r#"{"t":{"$in":["c"]}}"#));
}

#[test]
fn an_unreadable_query_is_refused() {
    let long = format!(r#"{{"a":{{"$regex":"{}"}}}}"#, "a".repeat(1_001));
    let many = format!(r#"{{"$or":[{}{{}}]}}"#, r#"{"a":1},"#.repeat(101));
    let deep = format!("{}{}", r#"{"$or":["#.repeat(40), "]}".repeat(40));
    let huge = r#"{"a":{"$regex":"(\\w{200}){200}"}}"#;
    let bad = [
        "{",
        "[]",
        "null",
        r#"{"$or":{}}"#,
        r#"{"$or":[]}"#,
        r#"{"$or":[1]}"#,
        r#"{"a":{"$regex":"("}}"#,
        r#"{"a":{"$regex":1}}"#,
        r#"{"a":{"$regex":"a","$options":1}}"#,
        huge,
        &long,
        &many,
        &deep,
    ];
    for raw in bad {
        let error = Selector::parse(raw, &RULES).unwrap_err();
        assert_eq!(error.to_string(), format!("Invalid query parameter provided: \"{raw}\" [error-invalid-query]"));
        assert_eq!(error.details(), Some(&json!({"helperMethod": "parseJsonQuery"})));
    }
}

#[test]
fn each_offence_has_its_line() {
    let rules = SelectorRules { fields: &["name", "u"], operators: &[Operator::And] };
    assert!(Selector::parse(r#"{"name":"a","u.username":"b","$and":[{"name":"c"}]}"#, &rules).is_ok());
    let error = Selector::parse(r#"{"$or":[{"names":1}],"name":{"$regex":"a"}}"#, &rules).unwrap_err();
    assert_eq!(error.reason(), "Invalid operation: $or\nInvalid attribute: names\nInvalid operation: $regex");
    assert_eq!(error.code(), &Code::Id("error-invalid-query".into()));
}

#[test]
fn what_is_not_asked_for_is_not_there() {
    let none = LegacyParams::default();
    assert!(none.fields(&[]).unwrap().is_none() && none.query(&RULES).unwrap().is_none());
    let both = LegacyParams { fields: Some("{".into()), query: Some("{".into()) };
    assert!(both.fields(&[]).is_err() && both.query(&RULES).is_err());
}
