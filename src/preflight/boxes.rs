//! The boxes of pages (X15, G1, G2).

use super::findings::{Findings, Rule};
use crate::base::pdf::{Array, Dict, Page, page};
use crate::readback::Edges;

const BOXES: Rule = Rule::error(
    "X15",
    "preflight/boxes",
    "输出时写明成品框（TrimBox）；出血框在媒体框里，成品框在出血框里",
    "write a TrimBox; trim inside bleed inside media",
);
const UNIT: Rule = Rule::error(
    "G1",
    "preflight/user-unit",
    "不要用 UserUnit",
    "do without UserUnit",
);
const CROP: Rule = Rule::error(
    "G1",
    "preflight/crop-box",
    "去掉 CropBox，或写得和 MediaBox 一样",
    "leave CropBox out, or make it the MediaBox",
);
const SIZES: Rule = Rule::error(
    "G2",
    "preflight/page-sizes",
    "各版一个开本、不旋转，分开输出",
    "give all pages one size, unturned, or export them apart",
);

/// Points that rounding may take.
const SLACK: f64 = 0.05;

/// The boxes of a page that the other checks need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Boxes {
    /// What is looked at as the page: its TrimBox, else what it has.
    pub(super) trim: Edges,
    /// With its bleed: what ink is asked of. Without a BleedBox nothing is
    /// outside the trim but marks, as the plates have it (`crate::plates`).
    pub(super) bleed: Edges,
}

/// Judges the boxes of a page.
pub(super) fn check(page: &Page<'_>, out: &mut Findings) -> Boxes {
    let raw = page.raw();
    let media = page.media_box();
    let media = [media.x0, media.y0, media.x1, media.y1];
    let trim = edges(raw, "TrimBox");
    let art = edges(raw, "ArtBox");
    let bleed = edges(raw, "BleedBox");
    match (trim, art) {
        (None, None) => out.add(BOXES, "没有成品框", "it has no TrimBox"),
        (None, Some(_)) => out.add(
            BOXES.warned(),
            "只有 ArtBox，没有成品框",
            "it has an ArtBox and no TrimBox",
        ),
        (Some(_), Some(_)) => out.add(
            BOXES,
            "成品框和 ArtBox 只能有一个",
            "it has both a TrimBox and an ArtBox",
        ),
        (Some(_), None) => {}
    }
    let whole = trim.or(art).unwrap_or(media);
    let cut = bleed.unwrap_or(media);
    if !holds(media, cut) {
        out.add(
            BOXES,
            "出血框超出媒体框",
            "its BleedBox leaves the MediaBox",
        );
    }
    if !holds(cut, whole) {
        out.add(BOXES, "成品框超出出血框", "its TrimBox leaves the BleedBox");
    }
    if whole[2] - whole[0] < 1.0 || whole[3] - whole[1] < 1.0 {
        out.add(BOXES, "成品框没有大小", "its TrimBox has no size");
    }
    // the rows let none be there at all; one that is the MediaBox does no harm
    // it is handed down by the tree of pages
    if let Some(crop) = page::edges(page, "CropBox")
        && !(holds(crop, media) && holds(media, crop))
    {
        out.add(
            CROP,
            "CropBox 与 MediaBox 不同",
            "its CropBox is not its MediaBox",
        );
    }
    if raw
        .get::<f64>("UserUnit")
        .is_some_and(|unit| (unit - 1.0).abs() > 1e-6)
    {
        out.add(UNIT, "用了 UserUnit", "it has a UserUnit");
    }
    Boxes {
        trim: whole,
        bleed: bleed.unwrap_or(whole),
    }
}

/// G2: all pages of one size, none turned.
pub(super) fn alike(pages: &[(Boxes, i32)], out: &mut Findings) {
    let size = |edges: Edges| (edges[2] - edges[0], edges[3] - edges[1]);
    let Some(&(first, _)) = pages.first() else {
        return;
    };
    let (width, height) = size(first.trim);
    for (nth, &(boxes, turned)) in pages.iter().enumerate() {
        out.page = nth + 1;
        let (w, h) = size(boxes.trim);
        if (w - width).abs() > SLACK * 2.0 || (h - height).abs() > SLACK * 2.0 {
            out.add(
                SIZES,
                format!("成品 {w:.1}×{h:.1}pt，第 1 页是 {width:.1}×{height:.1}pt"),
                format!("its trim is {w:.1}×{h:.1} pt, that of page 1 {width:.1}×{height:.1} pt"),
            );
        }
        if turned != 0 {
            out.add(
                SIZES,
                format!("页面转了 {turned} 度"),
                format!("it is turned by {turned} degrees"),
            );
        }
    }
    out.page = 0;
}

/// A box of a page, put in order.
pub(super) fn edges(page: &Dict<'_>, key: &str) -> Option<Edges> {
    let list = page.get::<Array<'_>>(key)?;
    let numbers: Vec<f64> = list.iter::<f64>().collect();
    let [a, b, c, d] = numbers.try_into().ok()?;
    Some([
        f64::min(a, c),
        f64::min(b, d),
        f64::max(a, c),
        f64::max(b, d),
    ])
}

/// Whether one box holds another.
pub(super) fn holds(outer: Edges, inner: Edges) -> bool {
    outer[0] <= inner[0] + SLACK
        && outer[1] <= inner[1] + SLACK
        && inner[2] <= outer[2] + SLACK
        && inner[3] <= outer[3] + SLACK
}

/// Whether two boxes share an area.
pub(super) fn meet(one: Edges, two: Edges) -> bool {
    one[0] < two[2] && two[0] < one[2] && one[1] < two[3] && two[1] < one[3]
}
