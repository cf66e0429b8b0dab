//! What a file is, for the report that a print shop files: measures, fonts,
//! images and ink, good or bad.

use std::collections::{BTreeMap, BTreeSet};

use super::boxes::{self, Boxes};
use super::findings::Findings;
use super::ink::{DPI, SIDE};
use super::{fonts, identity, unreadable};
use crate::base::bytes::Bytes;
use crate::base::colour::PressProfile;
use crate::base::diag::Diagnostic;
use crate::base::pdf::{self, Dict, Page};
use crate::plates::Plates;
use crate::readback::colour::Space;
use crate::readback::content::{self, ImageMark, Painter, PathMark, TextMark};
use crate::readback::{Edges, key_of};

/// What a file is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    /// The version of its header, `1.6`; empty where it has none.
    pub version: String,
    /// The PDF/X that it claims to be; empty where it claims none.
    pub claim: String,
    /// The printing condition of its output intent: name and explanation;
    /// empty where it has none.
    pub condition: String,
    /// Its pages in order.
    pub pages: Vec<Measures>,
    /// Names of the fonts that text is set in, and whether each is embedded.
    pub fonts: BTreeMap<String, bool>,
    /// How many different images are placed.
    pub images: usize,
    /// The fewest pixels an inch of an image, specks left out.
    pub ppi: Option<f64>,
}

/// A page: edges are left, bottom, right and top in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// The sheet.
    pub media: [f64; 4],
    /// The finished size, or what stands for it.
    pub trim: [f64; 4],
    /// The most ink on one place, in percent.
    pub heaviest: Option<f64>,
    /// The mean ink of the fullest square of 15 mm, in percent.
    pub square: Option<f64>,
}

/// Looks at a file of a name.
///
/// # Errors
///
/// `preflight/unreadable`, as for a judgement.
pub fn survey(name: &str, bytes: &Bytes) -> Result<Survey, Diagnostic> {
    let file = pdf::open(bytes).map_err(|fault| unreadable(name, fault))?;
    let data: &[u8] = file.data().as_ref();
    let (claim, condition) = identity::told(&file);
    let mut out = Survey {
        version: pdf::header(data).map_or_else(String::new, |header| header.version.to_owned()),
        claim,
        condition,
        ..Survey::default()
    };
    let mut seen = BTreeSet::new();
    for page in file.pages().iter() {
        // what is wrong with boxes has been told by the judge
        let Boxes { trim, .. } = boxes::check(page, &mut Findings::default());
        let mut surveyor = Surveyor {
            trim,
            out: &mut out,
            seen: &mut seen,
        };
        content::read(page, &mut surveyor);
        out.pages.push(measures(page, trim));
    }
    Ok(out)
}

fn measures(page: &Page<'_>, trim: Edges) -> Measures {
    let media = page.media_box();
    let plates = Plates::of(page, DPI, &PressProfile::newsprint());
    let plates = plates.as_ref();
    let heaviest = plates.and_then(Plates::heaviest);
    let square = plates.and_then(|plates| plates.fullest_square(SIDE));
    Measures {
        media: [media.x0, media.y0, media.x1, media.y1],
        trim,
        heaviest: heaviest.map(|most| most.percent),
        square: square.map(|most| most.percent),
    }
}

struct Surveyor<'s> {
    trim: Edges,
    out: &'s mut Survey,
    /// Images so far.
    seen: &'s mut BTreeSet<(u32, usize)>,
}

impl<'a> Painter<'a> for Surveyor<'_> {
    fn text(&mut self, _text: &TextMark<'_, 'a>) {}

    fn path(&mut self, _path: &PathMark<'_>) {}

    fn image(&mut self, image: &ImageMark<'_>) {
        if self.seen.insert(key_of(image.stream.dict())) {
            self.out.images += 1;
        }
        if let Some(ppi) = image.ppi(self.trim) {
            let least = self.out.ppi.map_or(ppi, |least| least.min(ppi));
            self.out.ppi = Some(least);
        }
    }

    fn font(&mut self, font: &Dict<'a>) {
        let (name, embedded) = fonts::told(font);
        let all = self.out.fonts.entry(name).or_insert(true);
        *all &= embedded;
    }

    fn state(&mut self, _state: &Dict<'_>) {}

    fn group(&mut self, _group: &Dict<'_>) {}

    fn shading(&mut self, _space: &Space, _edges: Edges) {}

    fn opens(&self) -> bool {
        true
    }
}
