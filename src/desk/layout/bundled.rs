//! The layouts that travel inside the program.

/// Names and texts of the bundled layouts.
pub const BUNDLED: [(&str, &str); 8] = [
    (
        "broadsheet",
        include_str!("../../../layouts/broadsheet.toml"),
    ),
    (
        "broadsheet-inside",
        include_str!("../../../layouts/broadsheet-inside.toml"),
    ),
    (
        "broadsheet-feature",
        include_str!("../../../layouts/broadsheet-feature.toml"),
    ),
    (
        "broadsheet-local",
        include_str!("../../../layouts/broadsheet-local.toml"),
    ),
    (
        "broadsheet-economy",
        include_str!("../../../layouts/broadsheet-economy.toml"),
    ),
    (
        "broadsheet-notices",
        include_str!("../../../layouts/broadsheet-notices.toml"),
    ),
    (
        "broadsheet-culture",
        include_str!("../../../layouts/broadsheet-culture.toml"),
    ),
    ("tabloid", include_str!("../../../layouts/tabloid.toml")),
];

/// What bundled layouts have in common, by name: no layouts of their own, but
/// others may stand on them.
pub(super) const PARTS: [(&str, &str); 3] = [
    ("house", include_str!("../../../layouts/parts/house.toml")),
    (
        "duikai-grid",
        include_str!("../../../layouts/parts/duikai-grid.toml"),
    ),
    (
        "page-head",
        include_str!("../../../layouts/parts/page-head.toml"),
    ),
];

/// The text that a bundled layout or part has, by name.
pub(super) fn part(name: &str) -> Option<&'static str> {
    PARTS
        .iter()
        .chain(&BUNDLED)
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

/// The text of a bundled layout, by name.
pub fn bundled(name: &str) -> Option<&'static str> {
    BUNDLED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}
