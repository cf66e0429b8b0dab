//! The press PDF: pages in, one file out.
//!
//! What the file promises, by row of the print requirements:
//!
//! | Row | Promise | Kept by |
//! |---|---|---|
//! | X1 | header `%PDF-1.6`, of X-1a `%PDF-1.4`, and a binary comment; no `/Version` in the catalog | here |
//! | X2 | a plain cross-reference table: forty objects gain nothing from object streams, and every reader takes it | here |
//! | X3, A34 | `/ID` from a hash of the content, no encryption; the same pages give the same bytes | `digest` |
//! | X4–X10 | Info and XMP of the same facts; dates only as the caller gives them, never the clock | `facts` |
//! | X11–X14 | one output intent with its profile | `intent` |
//! | X15, N21, G1 | `MediaBox` is the bleed, with marks the paper around it, `BleedBox` inside, `TrimBox` inside that; no `CropBox`, `UserUnit` or Rotate | here |
//! | X16, A7 | every face embedded as a CID subset with tag, exact widths and `ToUnicode` | `fonts`, `cff` |
//! | X17–X19 | pictures are ink; nothing is transparent | `separate`, `content`, `base::photo` |
//! | X20, G7, G8 | K 100 % text and rules overprint with OPM 1; white and tints knock out | `content` |
//! | X22, X23 | Flate and DCT alone | `deflate`, `images` |
//! | X24–X28 | no optional content, annotations, actions, PostScript | nothing writes them |
//! | E16 | text comes back as it was set, in the order of the page's items | `fonts`, `content` |
//!
//! The whole list, with the tests, is in `docs/pdfx.md`.
//!
//! The caller's duty: glyphs that exist in their face, no glyph 0 (X16, a
//! finding of the composition).

mod art;
mod cff;
mod content;
mod deflate;
mod facts;
mod fonts;
mod images;
mod intent;
mod memo;
mod predict;
mod reduce;
mod separate;

pub use intent::OutputCondition;
pub use memo::Memo;

use pdf_writer::writers::{ColorSpace, Page as PageWriter};
use pdf_writer::{Chunk, Filter, Finish, Name, Pdf, Rect, Ref, Settings, TextStr};
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::base::diag::Diagnostic;
use crate::base::digest::digest;
use crate::base::font::FontBook;
use crate::base::geom::Length;
use crate::page::Page;

/// The rules a file is written to.
#[derive(Clone, Copy, Debug, Default)]
pub enum Profile<'a> {
    /// For the screen and the desk: no press is named, pictures keep their
    /// colours, and nothing is claimed.
    #[default]
    Plain,
    /// PDF/X-4 (ISO 15930-7:2010) for the press of the condition.
    X4(&'a OutputCondition),
    /// PDF/X-1a:2003 (ISO 15930-4) for the press of the condition.
    X1a(&'a OutputCondition),
}

impl<'a> Profile<'a> {
    /// Major and minor number of the file header (X1).
    fn version(self) -> (u8, u8) {
        match self {
            Self::Plain | Self::X4(_) => (1, 6),
            Self::X1a(_) => (1, 4),
        }
    }

    /// What the file claims to be (X4, X6).
    fn claim(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::X4(_) => Some("PDF/X-4"),
            Self::X1a(_) => Some("PDF/X-1a:2003"),
        }
    }

    /// What it is printed on and with.
    fn condition(self) -> Option<&'a OutputCondition> {
        match self {
            Self::Plain => None,
            Self::X4(condition) | Self::X1a(condition) => Some(condition),
        }
    }

    /// Refuses a condition that the rules do not let through: PDF/X-1a knows
    /// ICC profiles of version 2 alone (X14).
    fn check(self) -> Result<(), Box<Diagnostic>> {
        match self {
            Self::X1a(condition) if condition.press.version() != 2 => {
                let version = condition.press.version();
                Err(Box::new(
                    Diagnostic::fatal(
                        "write/profile-version",
                        format!("PDF/X-1a 只认 ICC 第 2 版的特性文件，这一个是第 {version} 版"),
                        format!(
                            "PDF/X-1a takes ICC profiles of version 2 alone; this one is of version {version}"
                        ),
                    )
                    .help(
                        "向印厂要第 2 版的特性文件，或用 --profile x4",
                        "ask the printer for a profile of version 2, or use `--profile x4`",
                    ),
                ))
            }
            _ => Ok(()),
        }
    }
}

/// A calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// The year, 0–9999.
    pub year: u16,
    /// The month, 1–12.
    pub month: u8,
    /// The day of the month, 1–31.
    pub day: u8,
}

/// What the file says of itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Title in the Info dictionary and in the reader's title bar; where it
    /// is empty, the first page's title.
    pub title: &'a str,
    /// `CreationDate` and `ModDate`: the day of the issue, at 00:00 China Standard
    /// Time. `None` leaves both out, or where PDF/X requires them says 1970.
    pub date: Option<Day>,
    /// The rules to write to.
    pub profile: Profile<'a>,
    /// What is remembered from file to file, of the same font book. The bytes
    /// are the same without.
    pub memo: Option<&'a Memo>,
}

/// Everything that one file holds, compressed, before it is put together.
struct Parts {
    pages: Vec<content::PageContent>,
    fonts: Vec<fonts::EmbeddedFont>,
    images: Vec<images::Embedded>,
}

/// One piece of work that needs nothing from the others.
enum Job<'a, 'p> {
    Font(&'a fonts::FaceUse<'p>),
    Page(&'a Page),
    Image(images::Picture<'p>, (u32, u32)),
}

/// What became of a [`Job`].
enum Done {
    Font(fonts::EmbeddedFont),
    Page(content::PageContent),
    Image(images::Embedded),
}

/// Writes `pages` as one PDF file, in their order.
///
/// The bytes depend on the pages, the faces and the options alone: not on the
/// clock, the machine or the number of threads (A34).
///
/// # Errors
///
/// `write/no-pages` where `pages` is empty, `write/unknown-face` and
/// `write/face` where a face is not in `book` or cannot be subset,
/// `write/photo` where a photograph cannot be decoded, `write/guest` where a
/// placed page does not keep to the profile,
/// `write/profile-version` where the profile does not take the ICC profile.
pub fn write(
    pages: &[Page],
    book: &FontBook,
    options: &Options<'_>,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    if pages.is_empty() {
        return Err(Box::new(
            Diagnostic::error(
                "write/no-pages",
                "没有可以写成 PDF 的版",
                "there is no page to write as PDF",
            )
            .help(
                "在 issue.toml 中至少列出一个版",
                "list at least one page in issue.toml",
            ),
        ));
    }
    options.profile.check()?;
    let used = fonts::collect(pages, book)?;
    let downsample = (options.profile.condition()).and_then(|condition| condition.downsample);
    let pictures = images::collect(pages, downsample);
    let parts = prepare(pages, &used, &pictures, options)?;
    Ok(assemble(pages, &parts, options))
}

/// Subsets, decodes and compresses everything, on all cores.
///
/// Results come back in the order of the jobs, so the number of threads
/// leaves no trace. Faces go first: they take longest.
fn prepare(
    pages: &[Page],
    used: &fonts::Usage<'_>,
    pictures: &images::Pictures<'_>,
    options: &Options<'_>,
) -> Result<Parts, Box<Diagnostic>> {
    let (memo, profile) = (options.memo, options.profile);
    let jobs: Vec<Job<'_, '_>> = (used.largest_first().into_iter().map(Job::Font))
        .chain(pages.iter().map(Job::Page))
        .chain((pictures.sized()).map(|(picture, size)| Job::Image(picture, size)))
        .collect();
    let done: Vec<Result<Done, Box<Diagnostic>>> = jobs
        .into_par_iter()
        .with_max_len(1)
        .map(|job| match job {
            Job::Font(face) => {
                let expansions = memo.map(|memo| &memo.expansions);
                fonts::embed(face, expansions).map(Done::Font)
            }
            Job::Page(page) => Ok(Done::Page(content::write(page, used, pictures))),
            Job::Image(picture, size) => {
                images::embed(picture, size, profile, memo).map(Done::Image)
            }
        })
        .collect();
    let mut parts = Parts {
        pages: Vec::new(),
        fonts: Vec::new(),
        images: Vec::new(),
    };
    for result in done {
        match result? {
            Done::Font(font) => parts.fonts.push(font),
            Done::Page(page) => parts.pages.push(page),
            Done::Image(image) => parts.images.push(image),
        }
    }
    parts.fonts.sort_by_key(|font| font.face);
    Ok(parts)
}

/// The numbers of all objects, dealt out before any is written.
struct Refs {
    catalog: Ref,
    tree: Ref,
    info: Ref,
    overprint: Ref,
    knockout: Ref,
    pages: Vec<[Ref; 2]>,
    fonts: Vec<fonts::FontRefs>,
    images: Vec<Ref>,
    /// The ICC profile and the XMP packet of a file that makes a claim.
    claim: Option<[Ref; 2]>,
}

impl Refs {
    fn deal(parts: &Parts, profile: Profile<'_>) -> Self {
        let mut next = Ref::new(1);
        Self {
            catalog: next.bump(),
            tree: next.bump(),
            info: next.bump(),
            overprint: next.bump(),
            knockout: next.bump(),
            pages: parts
                .pages
                .iter()
                .map(|_| [next.bump(), next.bump()])
                .collect(),
            fonts: (parts.fonts.iter())
                .map(|font| fonts::FontRefs::deal(font, &mut next))
                .collect(),
            images: (parts.images.iter())
                .map(|image| image.deal(&mut next))
                .collect(),
            claim: profile.claim().map(|_| [next.bump(), next.bump()]),
        }
    }
}

/// Puts the prepared parts together as one file.
fn assemble(pages: &[Page], parts: &Parts, options: &Options<'_>) -> Vec<u8> {
    let refs = Refs::deal(parts, options.profile);
    let facts = facts::Facts::of(pages, options);
    let condition = options.profile.condition();
    let icc = condition.map_or(0, |condition| condition.press.bytes().len());
    let size: usize = (parts.pages.iter().map(|page| page.stream.len()))
        .chain(parts.fonts.iter().map(fonts::EmbeddedFont::len))
        .chain(parts.images.iter().map(images::Embedded::len))
        .sum();
    // Room for the dictionaries around the streams too: no regrowth, and no
    // second copy of the file in memory.
    let capacity = size + icc + 8192 + 2048 * (parts.pages.len() + parts.fonts.len());
    let settings = Settings { pretty: false };
    let mut pdf = Pdf::with_settings_and_capacity(settings, capacity);
    let (major, minor) = options.profile.version();
    pdf.set_version(major, minor);
    pdf.set_binary_marker(b"\xE7\x89\x88\xE5");

    write_catalog(&mut pdf, &refs, condition);
    facts.write_info(&mut pdf, refs.info);
    content::write_graphics_states(&mut pdf, refs.overprint, refs.knockout);
    let drawn: Vec<Ref> = (parts.images.iter().zip(&refs.images))
        .map(|(image, first)| image.drawn(*first))
        .collect();
    for ((page, content), ids) in pages.iter().zip(&parts.pages).zip(&refs.pages) {
        let mut used = (content.images.iter()).filter_map(|index| parts.images.get(*index));
        let transparent = used.any(images::Embedded::is_transparent);
        write_page(&mut pdf, page, content, *ids, (&refs, &drawn, transparent));
    }
    for (font, ids) in parts.fonts.iter().zip(&refs.fonts) {
        font.write(&mut pdf, ids);
    }
    for (image, id) in parts.images.iter().zip(&refs.images) {
        image.write(&mut pdf, *id);
    }
    if let (Some(condition), Some([icc, metadata])) = (condition, refs.claim) {
        intent::write_profile(&mut pdf, condition, icc);
        if let Some(packet) = facts.packet(digest(pdf.as_bytes())) {
            facts::write_packet(&mut pdf, metadata, &packet);
        }
    }
    let id = digest(pdf.as_bytes()).to_vec();
    pdf.set_file_id((id.clone(), id));
    pdf.finish()
}

/// Catalog and page tree: language (A10), title bar, output intent, metadata.
fn write_catalog(pdf: &mut Pdf, refs: &Refs, condition: Option<&OutputCondition>) {
    let mut catalog = pdf.catalog(refs.catalog);
    catalog.pages(refs.tree).lang(TextStr("zh-CN"));
    catalog.viewer_preferences().display_doc_title(true);
    if let (Some(condition), Some([icc, metadata])) = (condition, refs.claim) {
        intent::write_intent(&mut catalog, condition, icc);
        catalog.metadata(metadata);
    }
    catalog.finish();
    pdf.pages(refs.tree)
        .kids(refs.pages.iter().map(|ids| ids[0]))
        .count(i32::try_from(refs.pages.len()).unwrap_or(i32::MAX));
}

/// One page: its boxes (X15), what it uses, and its content stream.
fn write_page(
    pdf: &mut Pdf,
    page: &Page,
    content: &content::PageContent,
    ids: [Ref; 2],
    (refs, drawn, transparent): (&Refs, &[Ref], bool),
) {
    let [page_id, content_id] = ids;
    let slug = content::thousandths_of_pt(page.slug);
    let bleed = content::thousandths_of_pt(page.bleed + page.slug);
    let width = content::thousandths_of_pt(page.trim.width);
    let height = content::thousandths_of_pt(page.trim.height);
    let media = rect(0, 0, width + 2 * bleed, height + 2 * bleed);
    let mut writer: PageWriter<'_> = pdf.page(page_id);
    writer
        .parent(refs.tree)
        .media_box(media)
        .bleed_box(rect(
            slug,
            slug,
            width + 2 * bleed - slug,
            height + 2 * bleed - slug,
        ))
        .trim_box(rect(bleed, bleed, bleed + width, bleed + height))
        .contents(content_id);
    if transparent {
        // what a placed page blends is blended in inks (X19, G20)
        writer.group().transparency().color_space().device_cmyk();
    }
    let mut resources = writer.resources();
    let mut states = resources.ext_g_states();
    states.pair(Name(content::OVERPRINT), refs.overprint);
    states.pair(Name(content::KNOCKOUT), refs.knockout);
    states.finish();
    if !content.fonts.is_empty() {
        let mut dict = resources.fonts();
        for &key in &content.fonts {
            let Some(id) = refs.fonts.get(key.index).and_then(|ids| ids.font(key)) else {
                continue;
            };
            dict.pair(Name(content::font_name(key).as_bytes()), id);
        }
    }
    if !content.images.is_empty() {
        let mut dict = resources.x_objects();
        for &index in &content.images {
            let Some(id) = drawn.get(index) else {
                continue;
            };
            dict.pair(Name(content::image_name(index).as_bytes()), *id);
        }
    }
    if !content.spots.is_empty() {
        let mut spaces = resources.color_spaces();
        for (index, ink) in content.spots.iter().enumerate() {
            let Some(spot) = &ink.spot else { continue };
            let space = spaces.insert(Name(content::spot_name(index).as_bytes()));
            let space = space.start::<ColorSpace<'_>>();
            let mut own = space.separation(Name(spot.name().as_bytes()));
            own.alternate_color_space().device_cmyk();
            let full = ink.process().map(|ink| f32::from(ink) / 1000.0);
            let mut tint = own.tint_exponential();
            tint.domain([0.0, 1.0]).c0([0.0; 4]).c1(full).n(1.0);
            tint.finish();
            own.finish();
        }
    }
    resources.finish();
    writer.finish();
    stream(pdf, content_id, &content.stream);
}

/// A deflated stream without further keys.
fn stream(chunk: &mut Chunk, id: Ref, deflated: &[u8]) {
    chunk.stream(id, deflated).filter(Filter::FlateDecode);
}

/// A box from thousandths of a point.
fn rect(left: i64, bottom: i64, right: i64, top: i64) -> Rect {
    let pt = decimal;
    Rect::new(pt(left), pt(bottom), pt(right), pt(top))
}

/// Thousandths as the nearest `f32`, which the PDF writer prints back with
/// the same three decimals: pages end far below the 16 million thousandths
/// where `f32` would round.
#[expect(
    clippy::cast_possible_truncation,
    reason = "rounding to f32 is the point"
)]
fn decimal(thousandths: i64) -> f32 {
    (thousandths as f64 / 1000.0) as f32
}

/// The height of the media box.
fn media_height(page: &Page) -> Length {
    page.trim.height + (page.bleed + page.slug) * 2
}

#[cfg(test)]
mod pdfx_tests;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
