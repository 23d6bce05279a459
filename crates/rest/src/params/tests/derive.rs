//! What the derives make of a struct: names, readers, descriptions.

use super::super::{Param, Params, ParamsError, Schema, Source, from_body, from_value};
use gantry_model::{MessageId, Millis, RoomId, Username};
use serde_json::{Map, Value, json};

#[derive(Debug, PartialEq, Params)]
#[params(one_of(roomId, roomName))]
struct RoomRef {
    /// The room's `_id`.
    #[params(alias = "rid")]
    room_id: Option<RoomId>,
    room_name: Option<String>,
}

#[derive(Debug, PartialEq, Params)]
#[params(strict)]
struct Everything {
    #[params(flatten)]
    room: RoomRef,
    /// The message,
    /// by its id.
    _id: MessageId,
    #[params(alias = "user", alias = "name")]
    username: Username,
    r#type: Option<Kind>,
    since: Option<Millis>,
    #[params(default)]
    notify: bool,
    #[params(default = 20, min = 1)]
    count: i64,
    #[params(default = vec!["all".to_owned()], max_items = 2)]
    topics: Vec<String>,
    #[params(nullable)]
    topic: Option<String>,
    ratio: Option<f64>,
    extra: Option<Map<String, Value>>,
    any: Option<Value>,
    inner: Option<Inner>,
    inners: Option<Vec<Inner>>,
}

#[derive(Debug, PartialEq, Params)]
struct Inner {
    deep: bool,
}

#[derive(Debug, PartialEq, Param)]
enum Kind {
    Public,
    #[params(rename = "p")]
    Private,
    VeryLoud,
}

#[derive(Debug, PartialEq, Param)]
enum Target {
    Room(RoomRef),
    User(ByUser),
}

#[derive(Debug, PartialEq, Params)]
#[params(strict)]
struct ByUser {
    user: Account,
}

#[derive(Debug, PartialEq, Param)]
#[params(any_of)]
enum Account {
    Name(String),
    Parts(AccountParts),
}

#[derive(Debug, PartialEq, Params)]
#[params(strict, any_of(username, email), min_properties = 1)]
struct AccountParts {
    username: Option<String>,
    email: Option<String>,
}

fn read<T: Param>(value: Value) -> Result<T, String> {
    from_value(Source::Body, value).map_err(|error: ParamsError| error.text().to_owned())
}

#[test]
fn reads_every_type() {
    let read: Everything = read(json!({
        "roomName": "den", "_id": "m1", "user": "ann", "type": "veryLoud", "since": "2026-08-01T12:00:00Z", "notify": "true",
        "count": "7", "topics": ["a", 2], "topic": null, "ratio": "1.5", "extra": {"k": [1]}, "any": [null],
        "inner": {"deep": 1, "unknown": 1}, "inners": [{"deep": false}],
    }))
    .unwrap();
    let expected = Everything {
        room: RoomRef { room_id: None, room_name: Some("den".into()) },
        _id: MessageId::new("m1"),
        username: Username::new("ann"),
        r#type: Some(Kind::VeryLoud),
        since: Some(Millis(1_785_585_600_000)),
        notify: true,
        count: 7,
        topics: vec!["a".into(), "2".into()],
        topic: None,
        ratio: Some(1.5),
        extra: Some(Map::from_iter([("k".to_owned(), json!([1]))])),
        any: Some(json!([null])),
        inner: Some(Inner { deep: true }),
        inners: Some(vec![Inner { deep: false }]),
    };
    assert_eq!(read, expected);
}

#[test]
fn what_is_absent_is_none_or_the_default() {
    let read: Everything = read(json!({"rid": "r1", "_id": "m1", "username": "ann"})).unwrap();
    assert_eq!(read.room.room_id, Some(RoomId::new("r1")));
    assert_eq!((read.notify, read.count, read.topics), (false, 20, vec!["all".to_owned()]));
    assert_eq!((read.since, read.inner, read.any), (None, None, None));
}

#[test]
fn an_alias_is_read_only_where_the_name_is_absent() {
    let names = json!({"rid": "r1", "_id": "m1", "username": "ann", "user": "bob"});
    assert_eq!(read::<Everything>(names).unwrap().username, Username::new("ann"));
    let second = json!({"rid": "r1", "_id": "m1", "name": "cid"});
    assert_eq!(read::<Everything>(second).unwrap().username, Username::new("cid"));
    let wrong = json!({"rid": "r1", "_id": "m1", "username": "ann", "user": {}});
    assert_eq!(read::<Everything>(wrong), Err("must be string".into()));
}

#[test]
fn refuses_in_the_published_words() {
    let texts = [
        (
            json!({}),
            "must have required property 'roomId'\n must have required property 'roomName'\n must match exactly one schema in oneOf",
        ),
        (json!({"roomId": "a", "roomName": "b"}), "must match exactly one schema in oneOf"),
        (json!({"rid": "a", "roomName": "b"}), "must match exactly one schema in oneOf"),
        (json!([]), "must match exactly one schema in oneOf"),
        (json!({"roomId": "a"}), "must have required property '_id'"),
        (json!({"roomId": "a", "_id": "m"}), "must have required property 'username'"),
        (json!({"roomId": "a", "_id": "m", "user": "u", "x": 1}), "must NOT have additional properties"),
        (json!({"roomId": {"$ne": null}, "_id": "m", "user": "u"}), "must be string"),
        (json!({"roomId": ["a"], "_id": "m", "user": "u"}), "must be string"),
        (json!({"roomId": "a", "_id": "m", "user": "u", "type": "c"}), "must be equal to one of the allowed values"),
        (json!({"roomId": "a", "_id": "m", "user": "u", "since": "soon"}), "must match format \"date-time\""),
        (json!({"roomId": "a", "_id": "m", "user": "u", "count": 0}), "must be >= 1"),
        (json!({"roomId": "a", "_id": "m", "user": "u", "topics": [1, 2, 3]}), "must NOT have more than 2 items"),
        (json!({"roomId": "a", "_id": "m", "user": "u", "inner": {}}), "must have required property 'deep'"),
    ];
    for (value, text) in texts {
        assert_eq!(read::<Everything>(value.clone()), Err(text.into()), "{value}");
    }
}

#[test]
fn null_is_empty_unless_it_may_be_null() {
    let read: RoomRef = read(json!({"roomName": null})).unwrap();
    assert_eq!(read.room_name, Some(String::new()));
}

#[test]
fn a_list_has_a_bound_of_its_own() {
    assert!(read::<Vec<i64>>(json!(vec![1; 5_000])).is_ok());
    assert_eq!(read::<Vec<i64>>(json!(vec![1; 10_000])), Err("must NOT have more than 5000 items".into()));
}

#[test]
fn a_number_beyond_the_range_is_its_end() {
    assert_eq!(read::<i64>(json!(1e300)), Ok(i64::MAX));
    assert_eq!(read::<i64>(json!(u64::MAX)), Ok(i64::MAX));
    assert_eq!(read::<String>(json!(u64::MAX)), Ok(u64::MAX.to_string()));
}

#[test]
fn one_of_several_shapes() {
    let room = RoomRef { room_id: Some(RoomId::new("r")), room_name: None };
    assert_eq!(read(json!({"roomId": "r"})), Ok(Target::Room(room)));
    let user = |user| Ok(Target::User(ByUser { user }));
    assert_eq!(read(json!({"user": "ann"})), user(Account::Name("ann".into())));
    let parts = AccountParts { username: Some("ann".into()), email: None };
    assert_eq!(read(json!({"user": {"username": "ann"}})), user(Account::Parts(parts)));
    let neither = "must have required property 'roomId'\n must have required property 'roomName'\n \
                   must match exactly one schema in oneOf\n must have required property 'user'\n \
                   must match exactly one schema in oneOf";
    assert_eq!(read::<Target>(json!({})), Err(neither.into()));
}

#[test]
fn no_parameters_take_anything() {
    for value in [json!({}), json!([1]), json!("x"), Value::Null] {
        assert_eq!(read::<()>(value), Ok(()));
    }
}

#[test]
fn a_type_may_refuse_what_its_description_lets_through() {
    #[derive(Debug)]
    struct Even;
    impl Param for Even {
        const SCHEMA: Schema = Schema::INTEGER;
        fn read(value: Value) -> Option<Self> {
            value.as_i64().filter(|number| number % 2 == 0).map(|_| Self)
        }
    }
    assert!(read::<Even>(json!(2)).is_ok());
    assert_eq!(from_body::<Even>(None, b"3").unwrap_err(), ParamsError::new(Source::Body, "must be a valid value"));
}

#[test]
fn is_described_for_openapi() {
    let schema = Everything::SCHEMA.to_openapi();
    assert_eq!(schema["properties"]["_id"], json!({"type": "string", "description": "The message, by its id."}));
    assert_eq!(schema["properties"]["roomId"], json!({"type": "string", "description": "The room's `_id`."}));
    assert_eq!(schema["properties"]["rid"], json!({"type": "string", "description": "Same as `roomId`."}));
    assert_eq!(schema["properties"]["type"], json!({"type": "string", "enum": ["public", "p", "veryLoud"]}));
    assert_eq!(schema["properties"]["since"], json!({"type": "string", "format": "date-time"}));
    assert_eq!(schema["properties"]["count"], json!({"type": "integer", "minimum": 1}));
    let topics = json!({"type": "array", "items": {"type": "string"}, "maxItems": 2});
    assert_eq!(schema["properties"]["topics"], topics);
    assert_eq!(schema["properties"]["topic"], json!({"type": ["string", "null"]}));
    assert_eq!(schema["required"], json!(["_id"]));
    let names = json!([{"required": ["username"]}, {"required": ["user"]}, {"required": ["name"]}]);
    assert_eq!(schema["anyOf"], names);
    let rooms = json!([{"anyOf": [{"required": ["roomId"]}, {"required": ["rid"]}]}, {"required": ["roomName"]}]);
    assert_eq!(schema["oneOf"], rooms);
    assert_eq!(schema["additionalProperties"], json!(false));
}

#[test]
fn lists_query_parameters() {
    let parameters = ByUser::SCHEMA.query_parameters();
    assert_eq!(parameters.len(), 1);
    assert_eq!(parameters[0]["required"], json!(true));
    let parameters = Target::SCHEMA.query_parameters();
    let names: Vec<&Value> = parameters.iter().map(|parameter| &parameter["name"]).collect();
    assert_eq!(names, ["roomId", "rid", "roomName", "user"]);
    assert!(parameters.iter().all(|parameter| parameter["required"] == json!(false) && parameter["in"] == "query"));
    assert_eq!(parameters[0]["description"], "The room's `_id`.");
}
