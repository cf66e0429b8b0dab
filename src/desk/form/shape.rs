//! Keys and shapes of a document against its schema.

use std::ops::Range;

use serde_json::Value;
use toml::de::{DeTable, DeValue};

use super::{Fault, Notes, allowed_words};

/// Reports every key that the schema does not know and every table or list
/// that stands where another shape is asked for, and takes them out of the
/// document, so that what is left deserialises.
pub(super) fn check(document: &mut DeTable<'_>, schema: &Value, notes: &mut Notes) {
    table(document, schema, schema, "", notes);
}

fn table(found: &mut DeTable<'_>, schema: &Value, root: &Value, path: &str, notes: &mut Notes) {
    let properties = schema.get("properties").and_then(Value::as_object);
    let others = schema
        .get("additionalProperties")
        .filter(|others| others.is_object());
    for (key, mut value) in std::mem::take(found) {
        let name: &str = key.get_ref();
        let path = if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        };
        let known = properties
            .and_then(|properties| properties.get(name))
            .or(others);
        let Some(known) = known else {
            let words: Vec<&str> = properties
                .into_iter()
                .flat_map(|map| map.keys().map(String::as_str))
                .collect();
            notes.fatal(
                Fault::UnknownKey,
                Some(&key.span()),
                (
                    format!("不认识的键 {path}"),
                    format!("unknown key `{path}`"),
                ),
                Some(allowed_words(name, &words)),
            );
            continue;
        };
        let range = value.span();
        if keep(
            value.get_mut(),
            range,
            resolve(known, root),
            root,
            &path,
            notes,
        ) {
            found.insert(key, value);
        }
    }
}

/// Follows references, and through the wrapping that a description makes.
fn resolve<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    let mut schema = schema;
    // definitions of these forms never refer more than a few steps
    for _ in 0..8 {
        let Some(name) = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| reference.strip_prefix("#/$defs/"))
        else {
            break;
        };
        let Some(target) = root.get("$defs").and_then(|defs| defs.get(name)) else {
            break;
        };
        schema = target;
    }
    schema
}

fn keep(
    value: &mut DeValue<'_>,
    range: Range<usize>,
    schema: &Value,
    root: &Value,
    path: &str,
    notes: &mut Notes,
) -> bool {
    let is_table = schema.get("properties").is_some() || is_map(schema);
    let tables = schema
        .get("items")
        .map(|items| resolve(items, root))
        .filter(|items| items.get("properties").is_some());
    match value {
        DeValue::Table(found) if is_table => {
            table(found, schema, root, path, notes);
            true
        }
        _ if is_table => {
            let (zh, en) = (
                format!("{path} 应为一个表"),
                format!("`{path}` must be a table"),
            );
            let help = (format!("写成 [{path}]"), format!("write `[{path}]`"));
            notes.fatal(Fault::WrongValue, Some(&range), (zh, en), Some(help));
            false
        }
        DeValue::Array(list) => {
            let Some(items) = tables else { return true };
            let mut good = true;
            for item in list.iter_mut() {
                let range = item.span();
                good &= keep(item.get_mut(), range, items, root, path, notes);
            }
            good
        }
        _ if tables.is_some() => {
            let (zh, en) = (
                format!("{path} 应为一组表"),
                format!("`{path}` must be a list of tables"),
            );
            let help = (format!("写成 [[{path}]]"), format!("write `[[{path}]]`"));
            notes.fatal(Fault::WrongValue, Some(&range), (zh, en), Some(help));
            false
        }
        DeValue::Integer(number)
            if i64::from_str_radix(number.as_str(), number.radix()).is_err() =>
        {
            let (zh, en) = (
                format!("{path} 的数太大"),
                format!("the number of `{path}` is too big"),
            );
            let help = (
                "写小一些的整数".into(),
                "write a smaller whole number".into(),
            );
            notes.fatal(Fault::OutOfRange, Some(&range), (zh, en), Some(help));
            false
        }
        _ => true,
    }
}

fn is_map(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("object")
}
