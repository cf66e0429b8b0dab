//! `anchor = "line 12"`: a word, or a word and a number.

use super::text::AnchorText;
use crate::base::clreq::Direction;
use crate::desk::form::{Loose, Written, Wrong};
use crate::desk::plan::Anchor;

impl Written for AnchorText {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        let anchor = match value {
            Loose::Text(text) => match text.trim() {
                "top" => Some((Anchor::Top, Some(Direction::Horizontal))),
                "bottom" => Some((Anchor::Bottom, Some(Direction::Horizontal))),
                "right" => Some((Anchor::Top, Some(Direction::Vertical))),
                "left" => Some((Anchor::Bottom, Some(Direction::Vertical))),
                "middle" => Some((Anchor::Middle, None)),
                text => text
                    .strip_prefix("line")
                    .and_then(|number| number.trim().parse::<u16>().ok())
                    .filter(|line| (1..=1000).contains(line))
                    // written from 1, planned from 0
                    .map(|line| (Anchor::Line(line - 1), None)),
            },
            _ => None,
        };
        let anchor = anchor.map(|(anchor, of)| Self { anchor, of });
        anchor.ok_or_else(|| {
            let shown = value.shown();
            Wrong::new(
                format!("不认识的位置 {shown}"),
                format!("{shown} is no place for a picture"),
            )
            .help(
                "可用：\"top\"、\"middle\"、\"bottom\" 或 \"line 12\"（1–1000）；直排的版位 \"right\"、\"middle\"、\"left\" 或 \"line 12\"",
                "allowed: \"top\", \"middle\", \"bottom\" or \"line 12\" (1 to 1000); in a vertical slot \"right\", \"middle\", \"left\" or \"line 12\"",
            )
        })
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({
            "type": "string",
            "pattern": "^(top|middle|bottom|right|left|line ?[0-9]{1,4})$",
        })
    }
}
