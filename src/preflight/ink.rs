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
const SIDE: f64 = 15.0;
/// Pixels an inch that ink is measured at (V4).
const DPI: u32 = 72;

/// Judges a page on which no place has more ink than `bound`; `heavy` says
/// that an object has been told of by itself, and need not be told again.
pub(super) fn check(page: &Page<'_>, limits: Limits, bound: f64, heavy: bool, out: &mut Findings) {
    let limit = limits.ink;
    let most = limits.square.map_or(limit, |mean| mean.min(limit));
    if bound <= most + 0.5 {
        return;
    }
    let Some(plates) = Plates::of(page, DPI, &PressProfile::newsprint()) else {
        out.add(
            UNSEEN,
            "页面太大，没有算墨量",
            "it is too large for its ink to be measured",
        );
        return;
    };
    if let Some(most) = plates.heaviest()
        && most.percent > limit + 0.5
        && !heavy
    {
        let spot = Spot { edges: most.edges };
        let sum = most.percent.round();
        out.at(
            INK,
            Some(spot),
            format!("叠印后总墨量 {sum}%，最多 {limit}%"),
            format!("{sum} % of ink where objects overprint, at most {limit} %"),
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
    let unseen = [
        (Untold::Pattern, "渐变、图案", "shadings or patterns"),
        (Untold::SoftMask, "软蒙版", "soft masks"),
        (
            Untold::Image,
            "解不开的图片",
            "images that cannot be decoded",
        ),
        (
            Untold::Colour,
            "Lab 一类的颜色",
            "colours of Lab and the like",
        ),
    ];
    for (what, zh, en) in unseen {
        if plates.untold().contains(&what) {
            out.add(
                UNSEEN,
                format!("墨量没有算进{zh}"),
                format!("its ink was measured without its {en}"),
            );
        }
    }
}
