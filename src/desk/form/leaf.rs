//! The leaves of a form: one value each, with its place and its own fault.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::allowed_words;
use crate::story::{Ink, Spot};

/// A TOML value before anything is expected of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Loose {
    /// A string.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a point.
    Float(f64),
    /// true or false.
    Truth(bool),
    /// A date or time, as written.
    Date(String),
    /// An array, each value with its place.
    List(Vec<(Range<usize>, Self)>),
    /// A table, which no leaf accepts.
    Table,
}

impl Loose {
    /// The text of a number with or without its unit, as a person may write
    /// either; empty for anything else.
    pub fn number_text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            // the shortest decimal that reads back as the same number
            Self::Float(number) => number.to_string(),
            _ => String::new(),
        }
    }

    /// The value as it is shown in messages.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => {
                let mut short: String = text.chars().take(40).collect();
                if short.len() < text.len() {
                    short.push('…');
                }
                format!("\"{short}\"")
            }
            Self::Integer(number) => number.to_string(),
            Self::Float(number) => number.to_string(),
            Self::Truth(truth) => truth.to_string(),
            Self::Date(date) => date.clone(),
            Self::List(_) => "[…]".to_owned(),
            Self::Table => "{…}".to_owned(),
        }
    }
}

struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Loose;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Loose, E> {
        Ok(Loose::Truth(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Loose, E> {
        Ok(Loose::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Loose, E> {
        Ok(Loose::Integer(i64::try_from(value).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Loose, E> {
        Ok(Loose::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Loose, E> {
        Ok(Loose::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Loose, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = seq.next_element::<toml::Spanned<Loose>>()? {
            list.push((value.span(), value.into_inner()));
        }
        Ok(Loose::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
        // `toml` hands dates out as a table of one key with a private name
        let mut value = Loose::Table;
        while let Some(key) = map.next_key::<String>()? {
            let inner = map.next_value::<Loose>()?;
            if let ("$__toml_private_datetime", Loose::Text(date)) = (key.as_str(), inner) {
                value = Loose::Date(date);
            }
        }
        Ok(value)
    }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor)
    }
}

/// Why a value is not what its key asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// 中文 and English.
    pub message: (String, String),
    /// What is allowed.
    pub help: Option<(String, String)>,
    /// The part of the value at fault, where it is not the whole.
    pub range: Option<Range<usize>>,
}

impl Wrong {
    /// A fault from its two wordings.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            message: (zh.into(), en.into()),
            help: None,
            range: None,
        }
    }

    /// With what is allowed.
    #[must_use]
    pub fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some((zh.into(), en.into()));
        self
    }

    fn kind(value: &Loose, zh: &str, en: &str) -> Self {
        let shown = value.shown();
        Self::new(
            format!("应为{zh}，写的是 {shown}"),
            format!("expected {en}, found {shown}"),
        )
    }
}

/// What can be written as the value of a key.
pub trait Written: Sized {
    /// Reads it, or says what is wrong.
    ///
    /// # Errors
    ///
    /// The value is of another kind or not one of the allowed.
    fn read(value: &Loose) -> Result<Self, Wrong>;

    /// Its JSON schema.
    fn schema() -> serde_json::Value;
}

impl Written for String {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        match value {
            Loose::Text(text) => Ok(text.clone()),
            _ => Err(Wrong::kind(value, "文字（加引号）", "text in quotes")),
        }
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "string" })
    }
}

impl Written for i64 {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        match value {
            Loose::Integer(number) => Ok(*number),
            Loose::Float(number) => {
                let wrong = Wrong::kind(value, "整数", "a whole number");
                let (low, high) = (number.floor(), number.ceil());
                Err(wrong.help(
                    format!("写 {low} 或 {high}：栏、行、字数都没有半个"),
                    format!(
                        "write {low} or {high}: there is no half of a column, line or character"
                    ),
                ))
            }
            _ => Err(Wrong::kind(value, "整数", "a whole number")
                .help("写不加引号的数字", "write figures without quotes")),
        }
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "integer" })
    }
}

impl Written for bool {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        match value {
            Loose::Truth(truth) => Ok(*truth),
            _ => Err(Wrong::kind(value, " true 或 false", "true or false")),
        }
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "boolean" })
    }
}

/// One value of a list, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// The value.
    pub value: T,
}

/// A list; a single value is a list of one.
impl<T: Written> Written for Vec<At<T>> {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        let Loose::List(list) = value else {
            return T::read(value).map(|value| vec![At { range: 0..0, value }]);
        };
        list.iter()
            .map(|(range, value)| match T::read(value) {
                Ok(value) => Ok(At {
                    range: range.clone(),
                    value,
                }),
                Err(mut wrong) => {
                    wrong.range = wrong.range.or_else(|| Some(range.clone()));
                    Err(wrong)
                }
            })
            .collect()
    }

    fn schema() -> serde_json::Value {
        let one = T::schema();
        serde_json::json!({ "anyOf": [{ "type": "array", "items": one }, one] })
    }
}

/// A set of words of which one must be chosen.
pub trait Named: Copy + 'static {
    /// The words and what they mean. More than one word may mean the same.
    const WORDS: &'static [(&'static str, Self)];
}

/// One word of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneOf<T>(pub T);

impl<T: Named> Written for OneOf<T> {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
        let Loose::Text(text) = value else {
            let help = allowed_words("", &words);
            return Err(Wrong::kind(value, "文字（加引号）", "text in quotes").help(help.0, help.1));
        };
        T::WORDS
            .iter()
            .find(|(word, _)| word == text)
            .map(|(_, meaning)| Self(*meaning))
            .ok_or_else(|| {
                let help = allowed_words(text, &words);
                let shown = value.shown();
                Wrong::new(
                    format!("不认识 {shown}"),
                    format!("{shown} is not known here"),
                )
                .help(help.0, help.1)
            })
    }

    fn schema() -> serde_json::Value {
        let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
        serde_json::json!({ "type": "string", "enum": words })
    }
}

/// An ink: a percentage of black, the four inks of process printing, bare paper,
/// or an ink of its own by name, tint and the four that stand for it (G15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InkText(pub Ink);

impl Written for InkText {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        let percent = |value: &Loose| match value {
            Loose::Integer(number) => u16::try_from(*number)
                .ok()
                .filter(|percent| *percent <= 100)
                .map(|percent| percent * 10),
            _ => None,
        };
        let four = |value: &Loose| {
            let Loose::List(list) = value else {
                return None;
            };
            let [(_, c), (_, m), (_, y), (_, k)] = list.as_slice() else {
                return None;
            };
            Some(Ink::cmyk(
                percent(c)?,
                percent(m)?,
                percent(y)?,
                percent(k)?,
            ))
        };
        let spot = |list: &[(Range<usize>, Loose)]| {
            let [(_, Loose::Text(name)), (_, tint), (_, full)] = list else {
                return None;
            };
            let process = ["All", "None", "Cyan", "Magenta", "Yellow", "Black"];
            if process.contains(&name.as_str()) || name.chars().any(char::is_control) {
                return None;
            }
            let spot = Some(Spot::new(name, percent(tint)?)?);
            Some(Ink {
                spot,
                ..four(full)?
            })
        };
        let ink = match value {
            Loose::List(list) => four(value).or_else(|| spot(list)),
            Loose::Text(word) => match word.as_str() {
                "paper" | "white" | "纸" | "白" => Some(Ink::WHITE),
                "black" | "黑" => Some(Ink::BLACK),
                _ => None,
            },
            _ => percent(value).map(Ink::grey),
        };
        ink.map(Self).ok_or_else(|| {
            Wrong::kind(value, "油墨", "an ink").help(
                "写成黑版百分数如 15，四色百分数如 [0, 80, 60, 10]，或 \"纸\"；每个数是 0–100 的整数。\
                 专色写名字、浓度和代替它的四色：[\"专金\", 100, [0, 20, 60, 20]]",
                "write a percentage of black such as 15, four such as [0, 80, 60, 10], or \"paper\"; \
                 each number is whole, from 0 to 100. An ink of its own takes name, tint and the \
                 four that stand for it: [\"Gold\", 100, [0, 20, 60, 20]]",
            )
        })
    }

    fn schema() -> serde_json::Value {
        let percent = serde_json::json!({ "type": "integer", "minimum": 0, "maximum": 100 });
        serde_json::json!({ "anyOf": [
            percent,
            { "type": "array", "items": percent, "minItems": 4, "maxItems": 4 },
            { "enum": ["paper", "white", "纸", "白", "black", "黑"] },
            { "type": "array", "minItems": 3, "maxItems": 3, "prefixItems": [
                { "type": "string", "minLength": 1 },
                percent,
                { "type": "array", "items": percent, "minItems": 4, "maxItems": 4 },
            ] },
        ] })
    }
}

/// One key of a form: left out, right, or wrong; with its place.
#[derive(Clone, Debug)]
pub struct Leaf<T> {
    span: Option<Range<usize>>,
    // The fault is boxed: it is rare, and many leaves lie side by side.
    value: Option<Result<T, Box<Wrong>>>,
}

impl<T> Leaf<T> {
    /// Its bytes in the file, if it is there.
    pub fn span(&self) -> Option<Range<usize>> {
        self.span.clone()
    }

    /// Whether the key was left out.
    pub fn is_missing(&self) -> bool {
        self.value.is_none()
    }

    pub(super) fn read(&self) -> Option<&Result<T, Box<Wrong>>> {
        self.value.as_ref()
    }
}

impl<T> Default for Leaf<T> {
    fn default() -> Self {
        Self {
            span: None,
            value: None,
        }
    }
}

impl<'de, T: Written> Deserialize<'de> for Leaf<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<Loose>::deserialize(deserializer)?;
        let span = spanned.span();
        Ok(Self {
            span: Some(span),
            value: Some(T::read(spanned.get_ref()).map_err(Box::new)),
        })
    }
}

impl<T: Written> JsonSchema for Leaf<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "value".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        Schema::try_from(T::schema()).unwrap_or_default()
    }
}

/// A table of a form with its place.
#[derive(Clone, Debug, Default)]
pub struct Placed<T> {
    /// Its bytes in the file, if it is there.
    pub range: Option<Range<usize>>,
    /// The table. Boxed, or a layout with its fifteen styles would be read
    /// in stack frames of hundreds of kilobytes, one in another.
    pub value: Box<T>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Placed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<Box<T>>::deserialize(deserializer)?;
        Ok(Self {
            range: Some(spanned.span()),
            value: spanned.into_inner(),
        })
    }
}

impl<T: JsonSchema> JsonSchema for Placed<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
