//! The layouts that travel inside the program.

/// Names and texts of the bundled layouts.
pub const BUNDLED: [(&str, &str); 4] = [
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
    ("tabloid", include_str!("../../../layouts/tabloid.toml")),
];

/// The text of a bundled layout, by name.
pub fn bundled(name: &str) -> Option<&'static str> {
    BUNDLED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}
