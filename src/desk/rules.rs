//! 版面规则: the designer's rules of a page and how grave each is.

use crate::base::diag::Severity;

/// How grave each rule of a page is; `None` where it is not asked for.
///
/// The severity is template data (N31): a modular layout lives with partial
/// lines that a traditional one forbids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRules {
    /// 碰题: headlines side by side or one upon the other (N30).
    pub bump: Option<Severity>,
    /// 头条 elsewhere than upper left or right (N35).
    pub lead: Option<Severity>,
    /// 断版, 通腔: a line or a gutter through the whole page (N31).
    pub cut: Option<Severity>,
    /// 不齐底: columns that end on different grid lines (N34).
    pub feet: Option<Severity>,
    /// 盖文: text beside its headline, or wider than it (N28).
    pub cover: Option<Severity>,
    /// 题文分离: text that does not follow on its headline or on the frame
    /// before (N32).
    pub apart: Option<Severity>,
    /// Stories of more than eight corners (N33).
    pub shape: Option<Severity>,
    /// Stories with nothing between them (N44).
    pub close: Option<Severity>,
    /// Empty areas (N45).
    pub white: Option<Severity>,
    /// Small text in four-colour black (N46).
    pub four_colour: Option<Severity>,
}

impl PageRules {
    /// None of them is asked for.
    pub const NONE: Self = Self {
        bump: None,
        lead: None,
        cut: None,
        feet: None,
        cover: None,
        apart: None,
        shape: None,
        close: None,
        white: None,
        four_colour: None,
    };
}

impl Default for PageRules {
    fn default() -> Self {
        Self {
            bump: Some(Severity::Warning),
            lead: Some(Severity::Info),
            cut: Some(Severity::Info),
            feet: Some(Severity::Warning),
            cover: Some(Severity::Error),
            apart: Some(Severity::Error),
            shape: Some(Severity::Warning),
            close: Some(Severity::Warning),
            white: Some(Severity::Warning),
            four_colour: Some(Severity::Error),
        }
    }
}
