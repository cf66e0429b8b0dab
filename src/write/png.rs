//! Previews: the pages of a PDF as PNG pictures.
//!
//! Rendered from the very bytes that go to the press, so that a preview shows
//! the PDF and not what the program believes of it. Inks are shown by a
//! profile of a web offset press; a preview is no colour proof.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use crate::base::diag::Diagnostic;

/// The most pixels a preview may have: a broadsheet page at 600 dpi.
/// More would take gigabytes, and a viewer could not open it.
pub const MAX_PIXELS: u64 = 130_000_000;

/// The pages of `pdf` as PNG files of 8-bit RGB at `dpi` pixels an inch, in
/// page order.
///
/// # Errors
///
/// `write/preview-size` where a page would have no pixel or more than
/// [`MAX_PIXELS`]; `write/preview` where the PDF cannot be read or the PNG not
/// be encoded.
pub fn preview(pdf: &[u8], dpi: u32) -> Result<Vec<Vec<u8>>, Box<Diagnostic>> {
    let pdf = Pdf::new(pdf.to_vec()).map_err(|_| failed("the PDF cannot be read"))?;
    let cache = RenderCache::new();
    let interpreter = InterpreterSettings::default();
    // A preview shows what the plate will hold, so outlines are not hinted.
    let rendering = RenderSettings {
        hinting: false,
        ..RenderSettings::default()
    };
    let mut pictures = Vec::new();
    for page in pdf.pages().iter() {
        let scale = dpi as f32 / 72.0;
        let (width, height) = page.render_dimensions();
        let pixels = u64::from((width * scale) as u32) * u64::from((height * scale) as u32);
        let side = (width * scale).max(height * scale);
        if pixels == 0 || pixels > MAX_PIXELS || side >= f32::from(u16::MAX) {
            return Err(bad_size(dpi));
        }
        let settings = PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
        };
        let pixmap = render(page, &cache, &interpreter, &rendering, &settings);
        let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
        // On opaque paper the colours are not premultiplied by anything.
        let rgb: Vec<u8> = pixmap.data().iter().flat_map(|p| [p.r, p.g, p.b]).collect();
        drop(pixmap);
        pictures.push(encode(&rgb, width, height, 3)?);
    }
    Ok(pictures)
}

/// Pixels of 8 bits as a PNG file: grey with 1 channel, RGB with 3.
///
/// # Errors
///
/// `write/preview` where the pixels do not fit the size, or cannot be encoded.
pub fn encode(
    pixels: &[u8],
    width: u32,
    height: u32,
    channels: u8,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let kind = match channels {
        1 => ExtendedColorType::L8,
        _ => ExtendedColorType::Rgb8,
    };
    if pixels.len() as u64 != u64::from(width) * u64::from(height) * u64::from(channels) {
        return Err(failed("the pixels do not fit the size"));
    }
    let mut png = Vec::new();
    PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive)
        .write_image(pixels, width, height, kind)
        .map_err(|error| failed(&error.to_string()))?;
    Ok(png)
}

fn failed(why: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(
        "write/preview",
        format!("无法生成预览图：{why}"),
        format!("the preview cannot be made: {why}"),
    ))
}

/// The finding for a page that has too many pixels at a resolution, or none.
pub fn bad_size(dpi: u32) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(
            "write/preview-size",
            format!("以 {dpi} dpi 生成的预览图尺寸不可用"),
            format!("a preview at {dpi} dpi would be of no usable size"),
        )
        .help(
            "在 --dpi 处写 36 到 300 之间的数",
            "give --dpi a number from 36 to 300",
        )
        .number("dpi", i64::from(dpi)),
    )
}

#[cfg(test)]
mod tests {
    use super::preview;
    use crate::base::geom::{Length, Rect};
    use crate::page::{Fill, FillKind, Item, Page};
    use crate::story::Ink;
    use crate::write::pdf::testing::{Faces, HEI, page};
    use crate::write::pdf::{Options, write};

    fn render(page: Page, dpi: u32) -> image::RgbImage {
        let pdf = write(&[page], &Faces::bundled().book, &Options::default()).expect("a PDF");
        let png = preview(&pdf, dpi).expect("a preview");
        assert_eq!(png.len(), 1);
        let format = image::ImageFormat::Png;
        image::load_from_memory_with_format(&png[0], format)
            .expect("a PNG")
            .into_rgb8()
    }

    /// Left, top, right and bottom edge of what is darker than half.
    fn ink(image: &image::RgbImage) -> (u32, u32, u32, u32) {
        let dark = image
            .enumerate_pixels()
            .filter(|(_, _, p)| p.0.iter().all(|v| *v < 128));
        dark.fold(
            (u32::MAX, u32::MAX, 0, 0),
            |(left, top, right, bottom), (x, y, _)| {
                (left.min(x), top.min(y), right.max(x + 1), bottom.max(y + 1))
            },
        )
    }

    #[test]
    fn a_glyph_stands_where_the_page_puts_it() {
        let faces = Faces::bundled();
        let (x, y) = (Length::pt(100), Length::pt(150));
        // 口 of the bold hei: its box in font units is read from the face.
        let run = faces.run(HEI, "口", Length::pt(100), (x, y), Length::ZERO);
        let [left, bottom, right, top] = faces.bounds(HEI, run.glyphs[0].id);
        let page = page(vec![Item::Glyphs(run)]);
        let bleed = (page.bleed + page.slug).to_pt();
        let seen = ink(&render(page, 144));
        let pixel = |pt: f64| ((pt + bleed) * 2.0).round() as i64;
        let want = (
            pixel(100.0 + left / 10.0),
            pixel(150.0 - top / 10.0),
            pixel(100.0 + right / 10.0),
            pixel(150.0 - bottom / 10.0),
        );
        let off = [
            i64::from(seen.0) - want.0,
            i64::from(seen.1) - want.1,
            i64::from(seen.2) - want.2,
            i64::from(seen.3) - want.3,
        ];
        assert!(
            off.iter().all(|off| off.abs() <= 1),
            "{seen:?} is not {want:?}"
        );
    }

    #[test]
    fn inks_show_as_their_colours() {
        let inks =
            [(1000, 0, 0), (0, 1000, 0), (0, 0, 1000)].map(|(c, m, y)| Ink::cmyk(c, m, y, 0));
        let fills = (0i64..)
            .zip(inks.into_iter().chain([Ink::BLACK]))
            .map(|(at, ink)| {
                let side = Length::mm(10);
                let rect = Rect::new(side * (2 * at), Length::ZERO, side, side);
                Item::Fill(Fill {
                    rect,
                    ink,
                    kind: FillKind::Tint,
                })
            });
        let image = render(page(fills.collect()), 72);
        let at = |n: u32| image.get_pixel(23 + n * 57, 23).0;
        let [cyan, magenta, yellow, black] = [at(0), at(1), at(2), at(3)];
        assert!(cyan[0] < 60 && cyan[2] > 180, "{cyan:?}");
        assert!(magenta[1] < 60 && magenta[0] > 180, "{magenta:?}");
        assert!(
            yellow[2] < 80 && yellow[0] > 200 && yellow[1] > 180,
            "{yellow:?}"
        );
        assert!(black.iter().all(|v| *v < 60), "{black:?}");
        assert_eq!(image.get_pixel(2, 100).0, [255; 3], "paper is white");
    }

    #[test]
    fn a_preview_that_cannot_be_is_a_finding() {
        assert_eq!(
            preview(b"no PDF", 72).expect_err("no PDF").code,
            "write/preview"
        );
        let pdf = write(
            &[page(Vec::new())],
            &Faces::bundled().book,
            &Options::default(),
        );
        let pdf = pdf.expect("a PDF");
        for dpi in [0, 100_000, u32::MAX] {
            assert_eq!(
                preview(&pdf, dpi).expect_err("a size").code,
                "write/preview-size"
            );
        }
    }
}
