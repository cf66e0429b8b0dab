//! 体裁: kinds of stories, and the words that copy has for them (N22, N26).

/// A kind of story that has a look of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Genre {
    /// 消息: hard news.
    News,
    /// 通讯: features.
    Feature,
    /// 评论: commentary.
    Commentary,
}

/// Every kind with its name in layouts, which copy may use too, and the words
/// that a Chinese desk writes for it.
const WORDS: [(Genre, &str, &[&str]); 3] = [
    (
        Genre::News,
        "news",
        &["消息", "新闻", "要闻", "快讯", "简讯"],
    ),
    (Genre::Feature, "feature", &["通讯", "特写", "专访"]),
    (
        Genre::Commentary,
        "commentary",
        &["评论", "社论", "时评", "短评", "言论", "评论员文章"],
    ),
];

impl Genre {
    /// The words that copy may use, for messages: `消息 news，…`.
    pub fn known() -> String {
        let word = |(_, name, words): &(Self, &str, &[&str])| format!("{} {name}", words[0]);
        WORDS.iter().map(word).collect::<Vec<_>>().join("，")
    }

    /// The kind that the copy names; `None` for one without a look of its own.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let named = |(_, name, words): &&(Self, &str, &[&str])| {
            name.eq_ignore_ascii_case(text) || words.contains(&text)
        };
        WORDS.iter().find(named).map(|(genre, ..)| *genre)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n26_copy_names_a_genre_in_either_language() {
        assert_eq!(Genre::of("通讯"), Some(Genre::Feature));
        assert_eq!(Genre::of(" Feature "), Some(Genre::Feature));
        assert_eq!(Genre::of("社论"), Some(Genre::Commentary));
        assert_eq!(Genre::of("消息"), Some(Genre::News));
        assert_eq!(Genre::of("诗"), None);
    }
}
