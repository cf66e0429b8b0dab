//! Ink where objects lie on each other (N4), and the mean of a square (G17).

use super::findings::{Findings, Rule, Spot};
use super::paint::INK;
use super::profile::Limits;
use crate::base::colour::PressProfile;
use crate::base::pdf::Page;
use crate::plates::{Plates, Untold};

const SQUARE: Rule = Rule::warning(
    "G17",
    "preflight/ink-square",
    "大面积的深色减墨，不然背面透印、粘脏",
    "take ink off large dark areas, or they strike through and set off",
);
const UNSEEN: Rule = Rule::warning(
    "N4",
    "preflight/ink-not-all-seen",
    "把渐变、图案和软蒙版拼合成图片再查",
    "flatten shadings, patterns and soft masks, and judge again",
);

/// Side of the square, in millimetres (G17).
pub(super) const SIDE: f64 = 15.0;
/// Pixels an inch that ink is measured at (V4).
pub(super) const DPI: u32 = 72;

/// Square millimetres that have to have too much ink: less is the ringing of a
/// JPEG or the edge of a letter, and no press shows it.
const AREA: f64 = 1.0;
/// Percent by which what is measured may be off: a JPEG leaves each of four
/// plates some part of a percent from what it was separated to.
const SLACK: f64 = 3.0;

/// Judges a page on which no place has more ink than `bound`. The plates tell
/// what is really there: an object that is cropped away, seen through or
/// covered has less than by itself. `heavy` says that something too thin for
/// the plates has been told of already.
pub(super) fn check(page: &Page<'_>, limits: Limits, bound: f64, heavy: bool, out: &mut Findings) {
    let limit = limits.ink;
    let most = limits.square.map_or(limit, |mean| mean.min(limit));
    if bound <= most + 0.5 {
        return;
    }
    let Some(plates) = Plates::of(page, DPI, &PressProfile::newsprint()) else {
        out.add(
            UNSEEN,
            format!("页面太大，没有算墨量；单个对象最多可到 {bound:.0}%"),
            format!(
                "it is too large for its ink to be measured; its objects have up to {bound:.0} %"
            ),
        );
        return;
    };
    if !heavy
        && plates.area_over(limit + SLACK) >= AREA
        && let Some(most) = plates.heaviest()
    {
        let spot = Spot { edges: most.edges };
        let sum = most.percent.round();
        out.at(
            INK,
            Some(spot),
            format!("总墨量到 {sum}%，最多 {limit}%"),
            format!("up to {sum} % of ink, at most {limit} %"),
        );
    }
    if let Some(most) = limits.square
        && let Some(square) = plates.fullest_square(SIDE)
        && square.percent > most + 0.05
    {
        let spot = Spot {
            edges: square.edges,
        };
        let mean = square.percent;
        out.at(
            SQUARE,
            Some(spot),
            format!("15 毫米见方内平均墨量 {mean:.0}%，最多 {most}%"),
            format!("{mean:.0} % of ink on the mean of a square of 15 mm, at most {most} %"),
        );
    }
    // colours of a screen are an error of their own (X17)
    let untold = plates.untold().iter();
    for untold in untold.filter(|&&untold| untold != Untold::ScreenColour) {
        let (zh, en) = untold.words();
        out.add(
            UNSEEN,
            format!("墨量没有全算：{zh}"),
            format!("not all of its ink was measured: {en}"),
        );
    }
}
