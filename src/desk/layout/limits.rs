//! How far a headline may be altered to fit its width (N25).

use super::style::{SIZES, top};
use super::text::StyleText;
use crate::base::geom::Length;
use crate::desk::form::{Fault, Leaf, Notes, Quantity, Unit, Units};
use crate::desk::plan::Limits;
use crate::story::Role;

/// The limits of a style of this size and tracking. Only headlines are
/// tightened and condensed where the layout does not ask for it: -0.1 em and
/// 80 % are as far as the trade goes.
pub(super) fn limits(
    role: Role,
    layers: &[&StyleText],
    (size, tracking): (Length, Length),
    units: &Units<'_>,
    notes: &mut Notes,
) -> Limits {
    let own = tracking.scale(1000, size.raw().max(1)).raw();
    let (usual_tracking, usual_scale) = match role {
        Role::Head => (own.min(-100), 800),
        _ => (own, 1000),
    };
    let em = Units {
        em: size,
        bare: Some(&Unit::Em),
        ..*units
    };
    let least = top(layers, |s| &s.min_tracking)
        .and_then(|leaf| notes.length(leaf, "min_tracking", -size / 4..=tracking, &em))
        .map(|least| least.scale(1000, size.raw().max(1)).raw());
    let scale = top(layers, |s| &s.min_scale)
        .and_then(|leaf| notes.take(leaf).map(|quantity| (leaf, quantity)))
        .and_then(|(leaf, quantity)| hundredths(leaf, &quantity, ("min_scale", 50), notes))
        .and_then(|hundredths| u16::try_from(hundredths / 10).ok());
    Limits {
        size: min_size(layers, size, units, notes),
        tracking: least.unwrap_or(usual_tracking),
        scale_x: scale.unwrap_or(usual_scale),
    }
}

fn min_size(layers: &[&StyleText], size: Length, units: &Units<'_>, notes: &mut Notes) -> Length {
    let usual = size.scale(85, 100);
    let Some(leaf) = top(layers, |s| &s.min_size) else {
        return usual;
    };
    let Some(quantity) = notes.take(leaf) else {
        return usual;
    };
    let least = if quantity.unit == Unit::Percent {
        hundredths(leaf, &quantity, ("min_size", 20), notes)
            .map(|hundredths| size.scale(hundredths, 10_000))
    } else {
        let place = leaf.span();
        notes.measure(&quantity, place.as_ref(), "min_size", SIZES.0..=size, units)
    };
    least.unwrap_or(usual)
}

/// A percentage from `least` to 100, in hundredths of a percent. What is no
/// percentage is as wrong as one out of range.
fn hundredths(
    leaf: &Leaf<Quantity>,
    quantity: &Quantity,
    (key, least): (&str, i64),
    notes: &mut Notes,
) -> Option<i64> {
    let (num, den) = (quantity.value.num, quantity.value.den);
    let hundredths = Length::units(100).scale(num, den).raw();
    if quantity.unit == Unit::Percent && (least * 100..=10_000).contains(&hundredths) {
        return Some(hundredths);
    }
    notes.fatal(
        Fault::OutOfRange,
        leaf.span().as_ref(),
        (
            format!("{key} 超出范围"),
            format!("`{key}` is out of range"),
        ),
        Some((
            format!("{key} 应在 {least}% 与 100% 之间"),
            format!("`{key}` must be from {least}% to 100%"),
        )),
    );
    None
}
