//! Finished pages for programs that build their documents with `printpdf`.
//! The door to that crate, behind the feature `printpdf`.
//!
//! Text, rules, tints, marks and photographs stand where the press PDF has
//! them. What `printpdf` cannot carry is left out and named: pages of other
//! programs and line art, photographs of four inks. Not carried either, and not
//! named each time: overprint, output intents and marks of PDF/X, the bleed box,
//! what a glyph stands for where that is no single character.
//!
//! `printpdf` subsets faces only with its own feature `text_layout`; without it
//! they are embedded whole, some 3 MB each for the bundled ones.

use std::collections::BTreeMap;

use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, RgbImage};
use printpdf::{
    Cmyk, Codepoint, Color, CurTransMat, FontId, Line, LinePoint, Op, PaintMode, ParsedFont,
    PdfDocument, PdfFontHandle, PdfPage, Point, Polygon, PolygonRing, Pt, RawImage, RawImageData,
    RawImageFormat, Rect, TextItem, TextMatrix, WindingOrder, XObjectTransform,
};

use crate::base::diag::Diagnostic;
use crate::base::font::{FaceId, FontBook};
use crate::base::geom::{self, Length};
use crate::page::{Fill, GlyphRun, Item, Page, Paint, PlacedPhoto, Shape, Step};
use crate::story::Ink;

/// Draws pages into one `printpdf` document; a face is added to it once.
#[derive(Debug)]
pub struct Drawer<'b> {
    book: &'b FontBook,
    fonts: BTreeMap<FaceId, FontId>,
}

/// A page of a `printpdf` document.
#[derive(Debug)]
pub struct Drawn {
    /// The page: add it to the document, or its operations to a page there.
    pub page: PdfPage,
    /// Names of the pictures that could not be carried.
    pub left_out: Vec<String>,
}

impl<'b> Drawer<'b> {
    /// Draws with the faces of a book.
    pub fn new(book: &'b FontBook) -> Self {
        Self {
            book,
            fonts: BTreeMap::new(),
        }
    }

    /// Draws a page; its faces and photographs are added to `document`, which
    /// must be the same for all pages.
    ///
    /// # Errors
    ///
    /// `write/unknown-face` and `write/face` where a face is not in the book or
    /// `printpdf` cannot read it.
    pub fn draw(&mut self, page: &Page, document: &mut PdfDocument) -> Result<Drawn, Diagnostic> {
        let sheet = Sheet {
            bleed: page.bleed + page.slug,
            height: page.trim.height + (page.bleed + page.slug) * 2,
        };
        let mut left_out = Vec::new();
        let mut ops = Vec::new();
        for item in &page.items {
            match item {
                Item::Glyphs(run) => {
                    let font = self.font(run.face, document)?;
                    text(run, font, sheet, &mut ops);
                }
                Item::Fill(fill) => area(fill, sheet, &mut ops),
                Item::Shape(drawn) => shape(drawn, sheet, &mut ops),
                Item::Photo(placed) => match pixels(placed) {
                    Some(image) => photo(placed, &image, sheet, document, &mut ops),
                    None => left_out.push(placed.photo.name.to_string()),
                },
            }
        }
        let (bleed, trim) = (points(page.bleed + page.slug), page.trim);
        let trim_box = Rect::from_xywh(bleed, bleed, points(trim.width), points(trim.height));
        let media_box = Rect::from_wh(
            points(trim.width + (page.bleed + page.slug) * 2),
            points(trim.height + (page.bleed + page.slug) * 2),
        );
        Ok(Drawn {
            page: PdfPage {
                crop_box: media_box.clone(),
                media_box,
                trim_box,
                ops,
            },
            left_out,
        })
    }

    fn font(&mut self, id: FaceId, document: &mut PdfDocument) -> Result<FontId, Diagnostic> {
        if let Some(known) = self.fonts.get(&id) {
            return Ok(known.clone());
        }
        let face = self.book.get(id).ok_or_else(|| {
            Diagnostic::error(
                "write/unknown-face",
                "版面用了字体册里没有的字体",
                "a page uses a face that is not in the font book",
            )
        })?;
        let mut warnings = Vec::new();
        let parsed = ParsedFont::from_bytes(face.data(), face.index() as usize, &mut warnings);
        let parsed = parsed.ok_or_else(|| {
            let name = face.name();
            Diagnostic::error(
                "write/face",
                format!("printpdf 读不了字体 {name}"),
                format!("printpdf cannot read face {name}"),
            )
        })?;
        let added = document.add_font(&parsed);
        self.fonts.insert(id, added.clone());
        Ok(added)
    }
}

/// The paper: `printpdf` counts points from its lower left corner.
#[derive(Clone, Copy)]
struct Sheet {
    bleed: Length,
    height: Length,
}

impl Sheet {
    fn point(self, at: geom::Point) -> Point {
        Point {
            x: points(at.x + self.bleed),
            y: points(self.height - self.bleed - at.y),
        }
    }

    /// Lower left corner, width and height of a box.
    fn rect(self, rect: geom::Rect) -> Rect {
        let corner = self.point(geom::Point::new(rect.x, rect.bottom()));
        Rect::from_xywh(corner.x, corner.y, points(rect.width), points(rect.height))
    }
}

fn points(length: Length) -> Pt {
    Pt(length.to_pt() as f32)
}

fn colour(ink: Ink) -> Color {
    let share = |ink: u16| f32::from(ink) / 1000.0;
    let [c, m, y, k] = ink.process();
    Color::Cmyk(Cmyk {
        c: share(c),
        m: share(m),
        y: share(y),
        k: share(k),
        icc_profile: None,
    })
}

/// Each glyph by its own matrix: there its place and its width are exact.
fn text(run: &GlyphRun, font: FontId, sheet: Sheet, ops: &mut Vec<Op>) {
    ops.push(Op::StartTextSection);
    ops.push(Op::SetFillColor {
        col: colour(run.ink),
    });
    ops.push(Op::SetFont {
        font: PdfFontHandle::External(font),
        size: points(run.size),
    });
    for glyph in &run.glyphs {
        let at = sheet.point(glyph.at);
        let wide = f32::from(glyph.scale_x) / 1000.0;
        let matrix = match glyph.turned {
            false => [wide, 0.0, 0.0, 1.0, at.x.0, at.y.0],
            true => [0.0, -wide, 1.0, 0.0, at.x.0, at.y.0],
        };
        let text = run
            .text
            .get(glyph.text.start as usize..glyph.text.end as usize);
        let code = Codepoint {
            gid: glyph.id,
            offset: 0.0,
            cid: text.filter(|text| !text.is_empty()).map(str::to_owned),
        };
        ops.push(Op::SetTextMatrix {
            matrix: TextMatrix::Raw(matrix),
        });
        ops.push(Op::ShowText {
            items: vec![TextItem::GlyphIds(vec![code])],
        });
    }
    ops.push(Op::EndTextSection);
}

fn area(fill: &Fill, sheet: Sheet, ops: &mut Vec<Op>) {
    ops.push(Op::SetFillColor {
        col: colour(fill.ink),
    });
    ops.push(Op::DrawPolygon {
        polygon: polygon(sheet.rect(fill.rect), PaintMode::Fill),
    });
}

fn polygon(rect: Rect, mode: PaintMode) -> Polygon {
    let (right, top) = (Pt(rect.x.0 + rect.width.0), Pt(rect.y.0 + rect.height.0));
    let corners = [
        (rect.x, rect.y),
        (right, rect.y),
        (right, top),
        (rect.x, top),
    ];
    let points = corners.map(|(x, y)| LinePoint {
        p: Point { x, y },
        bezier: false,
    });
    Polygon {
        rings: vec![PolygonRing {
            points: points.to_vec(),
        }],
        mode,
        winding_order: WindingOrder::NonZero,
    }
}

/// A shape, way by way: each begins where the pen is set down.
fn shape(shape: &Shape, sheet: Sheet, ops: &mut Vec<Op>) {
    let at = |point: geom::Point, bezier: bool| LinePoint {
        p: sheet.point(point),
        bezier,
    };
    let mut ways = vec![vec![at(shape.start, false)]];
    for step in &shape.steps {
        if let Step::Move(point) = step {
            ways.push(vec![at(*point, false)]);
            continue;
        }
        if let Some(way) = ways.last_mut() {
            match step {
                Step::Line(point) => way.push(at(*point, false)),
                Step::Curve([one, two, end]) => {
                    way.extend([at(*one, true), at(*two, true), at(*end, false)]);
                }
                Step::Move(_) => {}
            }
        }
    }
    match shape.paint {
        Paint::Fill => {
            ops.push(Op::SetFillColor {
                col: colour(shape.ink),
            });
            let rings = ways.into_iter().map(|points| PolygonRing { points });
            ops.push(Op::DrawPolygon {
                polygon: Polygon {
                    rings: rings.collect(),
                    mode: PaintMode::Fill,
                    winding_order: WindingOrder::NonZero,
                },
            });
        }
        Paint::Stroke(thick) => {
            ops.push(Op::SetOutlineColor {
                col: colour(shape.ink),
            });
            ops.push(Op::SetOutlineThickness { pt: points(thick) });
            ops.extend(ways.into_iter().map(|points| Op::DrawLine {
                line: Line {
                    points,
                    is_closed: false,
                },
            }));
        }
    }
}

/// The pixels of a photograph, upright; `None` for art and for four inks.
fn pixels(placed: &PlacedPhoto) -> Option<DynamicImage> {
    let photo = &placed.photo;
    if photo.format.is_art() || photo.components == 4 {
        return None;
    }
    let pixels = photo.pixels().ok()?;
    let (width, height) = (pixels.width, pixels.height);
    let mut image = match (pixels.components, pixels.bits) {
        (_, 1) => {
            let row = |row: &[u8]| -> Vec<u8> {
                let bit = |x: u32| row[x as usize / 8] >> (7 - x % 8) & 1;
                (0..width).map(|x| bit(x) * 255).collect()
            };
            let data = pixels.rows().flat_map(row).collect();
            DynamicImage::ImageLuma8(GrayImage::from_raw(width, height, data)?)
        }
        (1, _) => DynamicImage::ImageLuma8(GrayImage::from_raw(width, height, pixels.data)?),
        _ => DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, pixels.data)?),
    };
    image.apply_orientation(Orientation::from_exif(photo.orientation)?);
    Some(image)
}

/// A photograph, scaled so that its crop fills its box, and cut there.
fn photo(
    placed: &PlacedPhoto,
    image: &DynamicImage,
    sheet: Sheet,
    document: &mut PdfDocument,
    ops: &mut Vec<Op>,
) {
    let (width, height) = (image.width(), image.height());
    let [x, y, across, down] = placed.crop;
    let [x, y, across, down] = match across == 0 || down == 0 {
        true => [0, 0, width, height],
        false => [x, y, across, down],
    };
    let id = document.add_image(&RawImage {
        pixels: RawImageData::U8(image.to_rgb8().into_raw()),
        width: width as usize,
        height: height as usize,
        data_format: RawImageFormat::RGB8,
        tag: Vec::new(),
    });
    let rect = sheet.rect(placed.rect);
    let (h, v) = (rect.width.0 / across as f32, rect.height.0 / down as f32);
    let below = height.saturating_sub(y + down) as f32;
    let matrix = [
        h * width as f32,
        0.0,
        0.0,
        v * height as f32,
        rect.x.0 - h * x as f32,
        rect.y.0 - v * below,
    ];
    ops.push(Op::SaveGraphicsState);
    ops.push(Op::DrawPolygon {
        polygon: polygon(rect, PaintMode::Clip),
    });
    ops.push(Op::SetTransformationMatrix {
        matrix: CurTransMat::Raw(matrix),
    });
    ops.push(Op::UseXobject {
        id,
        transform: XObjectTransform {
            no_auto_scale: true,
            ..XObjectTransform::default()
        },
    });
    ops.push(Op::RestoreGraphicsState);
}
