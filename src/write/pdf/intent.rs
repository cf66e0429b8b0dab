//! 输出意图: what press the file is made for, and its metadata packet.

use std::sync::Arc;

use pdf_writer::types::OutputIntentSubtype;
use pdf_writer::{Chunk, Filter, Finish, Ref, TextStr};

use super::deflate;
use crate::base::colour::PressProfile;

/// Where the names of printing conditions are kept (X12).
const REGISTRY: &str = "http://www.color.org";
/// The identifier where a condition has no registered name (X13).
const UNREGISTERED: &str = "Custom";

/// What the pages are printed on and with.
#[derive(Clone, Debug)]
pub struct OutputCondition {
    /// Paper, inks and press.
    pub press: Arc<PressProfile>,
    /// The name of the printing condition in the registry of the ICC, such as
    /// `IFRA26`; `None` for one that is not registered.
    pub name: Option<String>,
    /// The condition in words; where it is empty, the profile's own
    /// description stands.
    pub description: String,
    /// Whether inks of their own may be on the pages (G15).
    pub spots: bool,
    /// The most pixels an inch that a picture keeps on the page; `None` leaves
    /// them as they are.
    pub downsample: Option<u16>,
}

impl OutputCondition {
    /// The condition of the profile that comes with the program.
    pub fn newsprint() -> Self {
        Self {
            press: PressProfile::newsprint(),
            name: None,
            description: "Coldset offset on newsprint, SNAP, characterization data \
                          ANSI CGATS/SNAP TR 002-2007"
                .to_owned(),
            spots: false,
            downsample: None,
        }
    }

    /// The condition in words: never empty, since `Info` is required where the
    /// name is not registered (X13).
    pub fn words(&self) -> &str {
        let described = [self.description.as_str(), self.press.description()];
        let words = described.into_iter().find(|words| !words.trim().is_empty());
        words.unwrap_or("CMYK")
    }

    /// What the profile calls itself.
    fn profile(&self) -> &str {
        match self.press.description() {
            "" => self.words(),
            description => description,
        }
    }
}

/// The one output intent of a file (X11–X13).
pub(super) fn write_intent(
    catalog: &mut pdf_writer::writers::Catalog<'_>,
    condition: &OutputCondition,
    profile: Ref,
) {
    let mut intents = catalog.output_intents();
    let mut intent = intents.push();
    intent.subtype(OutputIntentSubtype::PDFX);
    let name = condition.name.as_deref();
    intent
        .output_condition_identifier(TextStr(name.unwrap_or(UNREGISTERED)))
        .output_condition(TextStr(condition.words()))
        .info(TextStr(condition.profile()));
    if name.is_some() {
        intent.registry_name(TextStr(REGISTRY));
    }
    intent.dest_output_profile(profile);
    intent.finish();
    intents.finish();
}

/// The profile of the intent as a stream of its own (X14).
pub(super) fn write_profile(chunk: &mut Chunk, condition: &OutputCondition, id: Ref) {
    let data = deflate::deflate(condition.press.bytes(), deflate::PICTURE);
    let mut profile = chunk.icc_profile(id, &data);
    profile.n(4).filter(Filter::FlateDecode);
    profile.finish();
}
