//! How the Western face of a role is fitted to its Chinese one (P30).

use super::text::FaceText;
use crate::base::geom::Length;
use crate::desk::form::{Fault, Leaf, Notes, Quantity, Unit};
use crate::story::FacePair;

/// A key of the pair: its unit and its limits, in thousandths.
struct Key {
    name: &'static str,
    unit: Unit,
    limits: (i64, i64),
    help: (&'static str, &'static str),
}

/// Size of Western text against the Chinese.
const SCALE: Key = Key {
    name: "latin_scale",
    unit: Unit::Percent,
    limits: (1000, 1100),
    help: ("应在 100% 与 110% 之间", "must be from 100% to 110%"),
};

/// Lift of its baseline.
const SHIFT: Key = Key {
    name: "latin_shift",
    unit: Unit::Em,
    limits: (-20, 50),
    help: (
        "以字计，-0.02 到 0.05，正的向上",
        "is in em, -0.02 to 0.05, upwards",
    ),
};

/// The pair that a face role asks for; Western text as drawn where it says
/// nothing.
pub(super) fn pair(text: &FaceText, notes: &mut Notes) -> FacePair {
    let usual = FacePair::default();
    if text.latin.is_missing() {
        alone(&text.latin_scale, SCALE.name, notes);
        alone(&text.latin_shift, SHIFT.name, notes);
        return usual;
    }
    let scale = thousandths(&text.latin_scale, &SCALE, notes);
    let shift = thousandths(&text.latin_shift, &SHIFT, notes);
    FacePair {
        scale: scale
            .and_then(|n| u16::try_from(n).ok())
            .unwrap_or(usual.scale),
        shift: shift
            .and_then(|n| i16::try_from(n).ok())
            .unwrap_or(usual.shift),
    }
}

/// The value of a key, in thousandths; a number without a unit is a ratio.
fn thousandths(leaf: &Leaf<Quantity>, key: &Key, notes: &mut Notes) -> Option<i64> {
    let quantity = notes.take(leaf)?;
    let whole: i64 = match quantity.unit {
        Unit::Percent => 10,
        _ => 1000,
    };
    let (num, den) = (quantity.value.num, quantity.value.den);
    let known = quantity.unit == key.unit || quantity.unit == Unit::Bare;
    // held against the limits before it is rounded: over by a hair is over
    let asked = num.saturating_mul(whole);
    let (least, most) = key.limits;
    if known && asked >= least.saturating_mul(den) && asked <= most.saturating_mul(den) {
        return Some(Length::units(whole).scale(num, den).raw());
    }
    let (zh, en) = key.help;
    let name = key.name;
    notes.fatal(
        Fault::OutOfRange,
        leaf.span().as_ref(),
        (
            format!("{name} 超出范围"),
            format!("`{name}` is out of range"),
        ),
        Some((format!("{name} {zh}"), format!("`{name}` {en}"))),
    );
    None
}

/// A fit of a Western face that the role does not have.
fn alone(leaf: &Leaf<Quantity>, key: &str, notes: &mut Notes) {
    if leaf.is_missing() {
        return;
    }
    notes.fatal(
        Fault::WrongValue,
        leaf.span().as_ref(),
        (
            format!("{key} 没有西文字体可调"),
            format!("`{key}` has no Western face to fit"),
        ),
        Some((
            "写上 latin = [\"…\"]，或删去这一键".into(),
            "write `latin = [\"…\"]`, or leave this key out".into(),
        )),
    );
}
