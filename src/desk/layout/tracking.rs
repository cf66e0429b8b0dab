//! 字距: loose setting by name, and tight setting in headlines only (T36).

use super::style::top;
use super::text::StyleText;
use crate::base::geom::Length;
use crate::desk::form::{Fault, Notes, Unit, Units};
use crate::story::Role;

/// 疏排: names of loose settings, and what they add in em
/// (`clreq#increased_inter_character_spacing`).
const LOOSE: [(&str, i64, i64); 8] = [
    ("四分", 1, 4),
    ("三分", 1, 3),
    ("二分", 1, 2),
    ("全角", 1, 1),
    ("quarter", 1, 4),
    ("third", 1, 3),
    ("half", 1, 2),
    ("full", 1, 1),
];
/// The loosest setting, in em of the size.
const MOST: i64 = 20;

/// The tracking of a style of this size.
pub(super) fn tracking(
    role: Role,
    layers: &[&StyleText],
    size: Length,
    em: &Units<'_>,
    notes: &mut Notes,
) -> Length {
    let Some(leaf) = top(layers, |s| &s.tracking) else {
        return Length::ZERO;
    };
    let Some(quantity) = notes.take(leaf) else {
        return Length::ZERO;
    };
    let place = leaf.span();
    if let Unit::Name(name) = &quantity.unit {
        let names = LOOSE.map(|(name, _, _)| name);
        let known = notes.lookup(name, place.as_ref(), ("字距", "tracking"), &names);
        return known
            .and_then(|index| LOOSE.get(index))
            .map_or(Length::ZERO, |&(_, num, den)| size.scale(num, den));
    }
    let range = -size.half()..=size * MOST;
    let tracking = notes
        .measure(&quantity, place.as_ref(), "tracking", range, em)
        .unwrap_or(Length::ZERO);
    if tracking < Length::ZERO && !may_be_tight(role) {
        notes.fatal(
            Fault::OutOfRange,
            place.as_ref(),
            (
                "字距收紧只用于标题".to_owned(),
                "tight setting is for headlines only".to_owned(),
            ),
            Some((
                "去掉这个负的 tracking，或写成 0".to_owned(),
                "leave out this negative `tracking`, or write 0".to_owned(),
            )),
        );
        return Length::ZERO;
    }
    tracking
}

/// Tight setting is a matter of display sizes
/// (`clreq#reduced_inter_character_spacing`).
fn may_be_tight(role: Role) -> bool {
    match role {
        Role::Subhead
        | Role::Label
        | Role::Banner
        | Role::BannerEn
        | Role::Kicker
        | Role::Head
        | Role::Deck
        | Role::SideTitle
        | Role::EndTitle
        | Role::TableTitle
        | Role::Furniture => true,
        Role::Body
        | Role::Quote
        | Role::ListItem
        | Role::Byline
        | Role::Summary
        | Role::Caption
        | Role::Credit
        | Role::Imprint
        | Role::Table
        | Role::TableHead
        | Role::Note
        | Role::Jump
        | Role::Dialogue
        | Role::Law
        | Role::Verse
        | Role::Names => false,
    }
}
