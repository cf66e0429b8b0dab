//! What a slot holds: news, or something that must say that it is none.

use crate::desk::form::Named;

/// Kind of matter (N17).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Matter {
    /// 新闻.
    #[default]
    News,
    /// 广告.
    Ad,
}

impl Named for Matter {
    const WORDS: &'static [(&'static str, Self)] =
        &[("news", Self::News), ("ad", Self::Ad), ("广告", Self::Ad)];
}
