//! 特排段: what a stretch of the copy between `::: 对话` and `:::` is, and the
//! words that name it.

/// A stretch of text that is not set like running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// 对话: who speaks hangs before what is said (P03).
    Dialogue,
    /// 条文: 第一条 and other numbers hang before their text (P03).
    Law,
    /// 诗: each line a line (P04).
    Verse,
    /// 名单: names in columns (T37).
    Names,
}

impl Passage {
    /// Every passage with the words that open it, the first the one to write.
    pub const ALL: [(&'static [&'static str], Self); 4] = [
        (&["对话", "访谈", "dialogue"], Self::Dialogue),
        (&["条文", "law"], Self::Law),
        (&["诗", "verse"], Self::Verse),
        (&["名单", "names"], Self::Names),
    ];

    /// The passage that a word opens.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(words, _)| words.iter().any(|known| known.eq_ignore_ascii_case(word)))
            .map(|&(_, passage)| passage)
    }

    /// The words to write, for messages: `对话、条文`, or in English.
    pub fn words(zh: bool) -> String {
        let word = |words: &[&'static str]| match zh {
            true => words.first().copied(),
            false => words.last().copied(),
        };
        let all = Self::ALL.iter().filter_map(|(words, _)| word(words));
        all.collect::<Vec<_>>().join(if zh { "、" } else { ", " })
    }
}
