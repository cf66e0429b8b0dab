//! `anchor = "line 12"`: a word, or a word and a number.

use super::text::AnchorText;
use crate::desk::form::{Loose, Written, Wrong};
use crate::desk::plan::Anchor;

impl Written for AnchorText {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        let anchor = match value {
            Loose::Text(text) => match text.trim() {
                "top" => Some(Anchor::Top),
                "middle" => Some(Anchor::Middle),
                "bottom" => Some(Anchor::Bottom),
                text => text
                    .strip_prefix("line")
                    .and_then(|number| number.trim().parse::<u16>().ok())
                    .filter(|line| (1..=1000).contains(line))
                    // written from 1, planned from 0
                    .map(|line| Anchor::Line(line - 1)),
            },
            _ => None,
        };
        anchor.map(Self).ok_or_else(|| {
            let shown = value.shown();
            Wrong::new(
                format!("不认识的位置 {shown}"),
                format!("{shown} is no place for a picture"),
            )
            .help(
                "可用：\"top\"、\"middle\"、\"bottom\" 或 \"line 12\"（1–1000）",
                "allowed: \"top\", \"middle\", \"bottom\" or \"line 12\" (1 to 1000)",
            )
        })
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({
            "type": "string",
            "pattern": "^(top|middle|bottom|line ?[0-9]{1,4})$",
        })
    }
}
