//! JSON schemas of the files a person writes, for editors.

use crate::desk::form::Kind;
use crate::desk::issue::text::IssueText;
use crate::desk::layout::text::LayoutText;

/// The JSON schema of layouts or issues, made from the very structs they are
/// read into.
pub fn schema(kind: Kind) -> serde_json::Value {
    match kind {
        Kind::Layout => schemars::schema_for!(LayoutText),
        Kind::Issue => schemars::schema_for!(IssueText),
    }
    .to_value()
}
