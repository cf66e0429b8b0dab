//! `[genres]`: how the headline parts of a kind of story differ (N26).

use super::Style;
use super::style::{Sheet, style};
use super::text::{GenreText, GenresText, StyleText, StylesText};
use crate::desk::form::{Notes, Placed};
use crate::desk::genre::Genre;
use crate::story::Role;

/// The styles of headline parts that differ by kind in a slot: what the slot
/// says itself stands above the kind, the kind above the layout's own style.
pub(super) fn styles(
    own: &StylesText,
    head: &StyleText,
    base: &StylesText,
    sheet: &Sheet<'_>,
    notes: &mut Notes,
) -> Vec<(Genre, Style)> {
    let GenresText {
        news,
        feature,
        commentary,
    } = sheet.genres;
    let kinds = [
        (Genre::News, &news.value),
        (Genre::Feature, &feature.value),
        (Genre::Commentary, &commentary.value),
    ];
    let mut list = Vec::new();
    for (genre, text) in kinds {
        for role in Role::ALL {
            let Some(kind) = part(text, role).filter(|kind| kind.range.is_some()) else {
                continue;
            };
            let (own, base) = (&own.of(role).value, &base.of(role).value);
            let layers: &[&StyleText] = match role {
                Role::Head => &[own, head, &kind.value, base],
                _ => &[own, &kind.value, base],
            };
            list.push((genre, style(role, layers, sheet, notes)));
        }
    }
    list
}

/// What a kind says of a headline part.
fn part(text: &GenreText, role: Role) -> Option<&Placed<StyleText>> {
    match role {
        Role::Label => Some(&text.label),
        Role::Banner => Some(&text.banner),
        Role::Kicker => Some(&text.kicker),
        Role::Head => Some(&text.head),
        Role::Deck => Some(&text.deck),
        Role::Summary => Some(&text.summary),
        Role::Byline => Some(&text.byline),
        _ => None,
    }
}
