//! The press PDF: pages in, one file out.
//!
//! What the file promises, by row of the print requirements:
//!
//! | Row | Promise | Kept by |
//! |---|---|---|
//! | X1 | header `%PDF-1.6` and a binary comment; no `/Version` in the catalog | here |
//! | X2 | a plain cross-reference table: forty objects gain nothing from object streams, and every reader takes it | here |
//! | X3, A34 | `/ID` from a hash of the content, no encryption; the same pages give the same bytes | `digest` |
//! | X4, X10 | Info with Title, Producer, Creator, Trapped False; dates only as the caller gives them, never the clock | here |
//! | X15, G1 | `MediaBox` is the bleed, `BleedBox` the same, `TrimBox` inside; no `CropBox`, `UserUnit` or Rotate | here |
//! | X16, A7 | every face embedded as a CID subset with tag, exact widths and `ToUnicode` | `fonts`, `cff` |
//! | X20, G7, G8 | K 100 % text and rules overprint with OPM 1; white and tints knock out | `content` |
//! | X22, X23 | Flate and DCT alone | `deflate`, `images` |
//! | X24–X28 | no optional content, annotations, actions, PostScript | nothing writes them |
//! | E16 | text comes back as it was set, in the order of the page's items | `fonts`, `content` |
//!
//! The caller's duty: glyphs that exist in their face, no glyph 0 (X16, a
//! finding of the composition), photographs in a colour space the press takes
//! (X17; colour conversion comes before the writer).

mod art;
mod cff;
mod content;
mod deflate;
mod fonts;
mod images;

pub use cff::Memo;

use pdf_writer::types::TrappingStatus;
use pdf_writer::writers::Page as PageWriter;
use pdf_writer::{Chunk, Date as PdfDate, Filter, Finish, Name, Pdf, Rect, Ref, Settings, TextStr};
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::base::diag::Diagnostic;
use crate::base::digest::digest;
use crate::base::font::FontBook;
use crate::base::geom::Length;
use crate::page::Page;

/// The rules a file is written to.
///
/// One for now. A PDF/X variant will carry the output condition and its ICC
/// profile, and add `OutputIntents` (X11–X14) and XMP (X5–X9) to the catalog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Everything PDF/X-4 asks of pages, fonts and boxes, without its output
    /// intent and metadata packet, so without the claim to conform.
    #[default]
    Plain,
}

impl Profile {
    /// Major and minor number of the file header (X1).
    fn version(self) -> (u8, u8) {
        match self {
            Self::Plain => (1, 6),
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
    /// Time. `None` leaves both out.
    pub date: Option<Day>,
    /// The rules to write to.
    pub profile: Profile,
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
    Image(images::Picture<'p>),
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
/// `write/photo` where a photograph cannot be decoded.
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
    let used = fonts::collect(pages, book)?;
    let pictures = images::collect(pages);
    let parts = prepare(pages, &used, &pictures, options.memo)?;
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
    memo: Option<&Memo>,
) -> Result<Parts, Box<Diagnostic>> {
    let jobs: Vec<Job<'_, '_>> = (used.largest_first().into_iter().map(Job::Font))
        .chain(pages.iter().map(Job::Page))
        .chain(pictures.list.iter().copied().map(Job::Image))
        .collect();
    let done: Vec<Result<Done, Box<Diagnostic>>> = jobs
        .into_par_iter()
        .with_max_len(1)
        .map(|job| match job {
            Job::Font(face) => fonts::embed(face, memo).map(Done::Font),
            Job::Page(page) => Ok(Done::Page(content::write(page, used, pictures))),
            Job::Image(picture) => images::embed(picture).map(Done::Image),
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
}

impl Refs {
    fn deal(parts: &Parts) -> Self {
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
        }
    }
}

/// Puts the prepared parts together as one file.
fn assemble(pages: &[Page], parts: &Parts, options: &Options<'_>) -> Vec<u8> {
    let refs = Refs::deal(parts);
    let size: usize = (parts.pages.iter().map(|page| page.stream.len()))
        .chain(parts.fonts.iter().map(fonts::EmbeddedFont::len))
        .chain(parts.images.iter().map(images::Embedded::len))
        .sum();
    // Room for the dictionaries around the streams too: no regrowth, and no
    // second copy of the file in memory.
    let capacity = size + 4096 + 2048 * (parts.pages.len() + parts.fonts.len());
    let settings = Settings { pretty: false };
    let mut pdf = Pdf::with_settings_and_capacity(settings, capacity);
    let (major, minor) = options.profile.version();
    pdf.set_version(major, minor);
    pdf.set_binary_marker(b"\xE7\x89\x88\xE5");

    write_catalog(&mut pdf, &refs);
    write_info(&mut pdf, &refs, pages, options);
    content::write_graphics_states(&mut pdf, refs.overprint, refs.knockout);
    let drawn: Vec<Ref> = (parts.images.iter().zip(&refs.images))
        .map(|(image, first)| image.drawn(*first))
        .collect();
    for ((page, content), ids) in pages.iter().zip(&parts.pages).zip(&refs.pages) {
        write_page(&mut pdf, page, content, *ids, (&refs, &drawn));
    }
    for (font, ids) in parts.fonts.iter().zip(&refs.fonts) {
        font.write(&mut pdf, ids);
    }
    for (image, id) in parts.images.iter().zip(&refs.images) {
        image.write(&mut pdf, *id);
    }
    let id = digest(pdf.as_bytes()).to_vec();
    pdf.set_file_id((id.clone(), id));
    pdf.finish()
}

/// Catalog and page tree: language (A10) and title bar.
fn write_catalog(pdf: &mut Pdf, refs: &Refs) {
    let mut catalog = pdf.catalog(refs.catalog);
    catalog.pages(refs.tree).lang(TextStr("zh-CN"));
    catalog.viewer_preferences().display_doc_title(true);
    catalog.finish();
    pdf.pages(refs.tree)
        .kids(refs.pages.iter().map(|ids| ids[0]))
        .count(i32::try_from(refs.pages.len()).unwrap_or(i32::MAX));
}

/// The Info dictionary (X4, X10).
fn write_info(pdf: &mut Pdf, refs: &Refs, pages: &[Page], options: &Options<'_>) {
    let title = match (options.title, pages.first()) {
        ("", Some(page)) => &page.title,
        (title, _) => title,
    };
    let mut info = pdf.document_info(refs.info);
    info.title(TextStr(title))
        .creator(TextStr("banxin 版心"))
        .producer(TextStr(concat!("banxin ", env!("CARGO_PKG_VERSION"))))
        .trapped(TrappingStatus::NotTrapped);
    if let Some(day) = options.date {
        let date = PdfDate::new(day.year)
            .month(day.month)
            .day(day.day)
            .hour(0)
            .minute(0)
            .second(0)
            .utc_offset_hour(8)
            .utc_offset_minute(0);
        info.creation_date(date).modified_date(date);
    }
}

/// One page: its boxes (X15), what it uses, and its content stream.
fn write_page(
    pdf: &mut Pdf,
    page: &Page,
    content: &content::PageContent,
    ids: [Ref; 2],
    (refs, drawn): (&Refs, &[Ref]),
) {
    let [page_id, content_id] = ids;
    let bleed = content::thousandths_of_pt(page.bleed);
    let width = content::thousandths_of_pt(page.trim.width);
    let height = content::thousandths_of_pt(page.trim.height);
    let media = rect(0, 0, width + 2 * bleed, height + 2 * bleed);
    let mut writer: PageWriter<'_> = pdf.page(page_id);
    writer
        .parent(refs.tree)
        .media_box(media)
        .bleed_box(media)
        .trim_box(rect(bleed, bleed, bleed + width, bleed + height))
        .contents(content_id);
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
    page.trim.height + page.bleed * 2
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
