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
        let mut png = Vec::new();
        PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive)
            .write_image(&rgb, width, height, ExtendedColorType::Rgb8)
            .map_err(|error| failed(&error.to_string()))?;
        pictures.push(png);
    }
    Ok(pictures)
}

fn failed(why: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(
        "write/preview",
        format!("无法生成预览图：{why}"),
        format!("the preview cannot be made: {why}"),
    ))
}

fn bad_size(dpi: u32) -> Box<Diagnostic> {
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
