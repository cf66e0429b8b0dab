//! What `banxin new` writes: a first paper of one's own.

/// Paths and texts of a new issue's files.
pub fn new_issue_template() -> Vec<(&'static str, &'static str)> {
    vec![
        (
            "issue.toml",
            include_str!("../../../layouts/new/issue.toml"),
        ),
        (
            "articles/lead.md",
            include_str!("../../../layouts/new/lead.md"),
        ),
    ]
}
