//! Character classes: which rules a character obeys on a Chinese line.

/// What a character is to the composition rules.
///
/// The first sixteen are the classes of the rules themselves; the others are
/// controls, spaces and what the Chinese rules do not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// 开始夹注符号: opening quotes, brackets, book-title marks.
    Open,
    /// 结束夹注符号: their closing partners.
    Close,
    /// 逗号, 顿号, 分号.
    Comma,
    /// 冒号.
    Colon,
    /// 句号.
    Stop,
    /// 叹号, 问号.
    Excl,
    /// 破折号: the dash of two em, one unit.
    Dash,
    /// 省略号: the ellipsis of two em, one unit.
    Ellip,
    /// 连接号: connectors.
    Conn,
    /// 间隔号: interpunct.
    Mid,
    /// 分隔号: solidus.
    Sol,
    /// 前缀: signs and currency marks before a number.
    Pre,
    /// 后缀: per cent, degrees and such after a number.
    Post,
    /// 汉字, with kana and bopomofo, which are set in the same frame.
    Han,
    /// 西文: letters of Latin, Greek, Cyrillic.
    West,
    /// 数字: ASCII digits with the points and commas inside a number.
    Num,
    /// 注码: ①–㊿ and ⑴–⒇, which cling to their base (L17).
    Note,
    /// Full-width symbols (■ □ ▲ ※ ㎡): set like Han, but no Han–Western gap.
    Symbol,
    /// A space between words, breaking or not.
    Space,
    /// U+3000, the space of one em.
    Wide,
    /// U+2060 and its like: no width, forbids a break on both sides (L18).
    Glue,
    /// U+200B: no width, allows a break (L18).
    Zero,
    /// A forced line break (L18).
    Feed,
    /// Anything else: Western punctuation, other scripts.
    Other,
}

impl Class {
    /// The sixteen classes of the rule tables, in their order.
    pub const TABLED: [Self; 16] = [
        Self::Open,
        Self::Close,
        Self::Comma,
        Self::Colon,
        Self::Stop,
        Self::Excl,
        Self::Dash,
        Self::Ellip,
        Self::Conn,
        Self::Mid,
        Self::Sol,
        Self::Pre,
        Self::Post,
        Self::Han,
        Self::West,
        Self::Num,
    ];

    /// Short upper-case name, as in the rule tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Close => "CLOSE",
            Self::Comma => "COMMA",
            Self::Colon => "COLON",
            Self::Stop => "STOP",
            Self::Excl => "EXCL",
            Self::Dash => "DASH",
            Self::Ellip => "ELLIP",
            Self::Conn => "CONN",
            Self::Mid => "MID",
            Self::Sol => "SOL",
            Self::Pre => "PRE",
            Self::Post => "POST",
            Self::Han => "HAN",
            Self::West => "WEST",
            Self::Num => "NUM",
            Self::Note => "NOTE",
            Self::Symbol => "SYMBOL",
            Self::Space => "SPACE",
            Self::Wide => "WIDE",
            Self::Glue => "GLUE",
            Self::Zero => "ZERO",
            Self::Feed => "FEED",
            Self::Other => "OTHER",
        }
    }

    /// 点号 and closing marks: the marks that hold a blank behind their ink.
    pub fn closes(self) -> bool {
        matches!(
            self,
            Self::Close | Self::Comma | Self::Colon | Self::Stop | Self::Excl
        )
    }

    /// Whether it belongs to Western text for spacing: no opening inside.
    pub fn western(self) -> bool {
        matches!(
            self,
            Self::West | Self::Num | Self::Pre | Self::Post | Self::Other
        )
    }

    /// Whether it counts as a character of the text when a last line is
    /// checked for a lone one (P10).
    pub fn counts(self) -> bool {
        matches!(self, Self::Han | Self::West | Self::Num | Self::Symbol)
    }

    /// Whether it is drawn nothing for and has no width of its own.
    pub fn invisible(self) -> bool {
        matches!(self, Self::Glue | Self::Zero | Self::Feed)
    }
}

/// Ranges of characters with their class, sorted; what is in none is
/// [`Class::Other`]. A character whose class depends on its neighbours (’ as
/// apostrophe, a single —, a full stop inside a number) stands here with the
/// class it has alone.
#[rustfmt::skip]
static TABLE: &[(char, char, Class)] = &[
    ('\u{0009}', '\u{0009}', Class::Space),
    ('\u{000A}', '\u{000D}', Class::Feed),   // UAX #14 BK, CR, LF
    (' ', ' ', Class::Space),
    ('#', '$', Class::Pre),
    ('%', '%', Class::Post),
    ('+', '+', Class::Pre),
    ('-', '-', Class::Conn),                 // GB/T 15834 5.1.6; clreq#id85
    ('/', '/', Class::Sol),                  // GB/T 15834 5.1.9; clreq#id89
    ('0', '9', Class::Num),
    ('A', 'Z', Class::West),
    ('a', 'z', Class::West),
    ('~', '~', Class::Conn),
    ('\u{0085}', '\u{0085}', Class::Feed),
    ('\u{00A0}', '\u{00A0}', Class::Space),  // never breaking, see spacing
    ('£', '£', Class::Pre),
    ('¥', '¥', Class::Pre),
    ('ª', 'ª', Class::West),
    ('\u{00AD}', '\u{00AD}', Class::Glue),   // no hyphenation here (L16)
    ('°', '°', Class::Post),
    ('±', '±', Class::Pre),
    ('²', '³', Class::Post),                 // superscripts never leave their base (L17)
    ('µ', 'µ', Class::West),
    ('·', '·', Class::Mid),                  // GB/T 15834 5.1.7; clreq#id86
    ('¹', '¹', Class::Post),
    ('º', 'º', Class::West),
    ('À', 'Ö', Class::West),
    ('Ø', 'ö', Class::West),
    ('ø', '\u{02AF}', Class::West),
    ('\u{0300}', '\u{03FF}', Class::West),
    ('\u{0400}', '\u{052F}', Class::West),
    ('\u{1E00}', '\u{1FFF}', Class::West),
    ('\u{2000}', '\u{200A}', Class::Space),
    ('\u{200B}', '\u{200B}', Class::Zero),
    ('\u{200C}', '\u{200D}', Class::Glue),
    ('‐', '‐', Class::Conn),
    ('–', '—', Class::Conn),                 // — alone; two make DASH
    ('‘', '‘', Class::Open),                 // GB/T 15834 5.1.3; clreq#id80
    ('’', '’', Class::Close),
    ('“', '“', Class::Open),
    ('”', '”', Class::Close),
    ('•', '•', Class::Mid),
    ('…', '…', Class::Ellip),                // GB/T 15834 5.1.5; clreq#id83
    ('‧', '‧', Class::Mid),
    ('\u{2028}', '\u{2029}', Class::Feed),
    ('\u{202F}', '\u{202F}', Class::Space),
    ('‰', '‰', Class::Post),
    ('′', '″', Class::Post),
    ('‼', '‼', Class::Excl),
    ('⁇', '⁉', Class::Excl),
    ('\u{205F}', '\u{205F}', Class::Space),
    ('\u{2060}', '\u{2060}', Class::Glue),
    ('⁰', '⁰', Class::Post),
    ('⁴', '₎', Class::Post),
    ('€', '€', Class::Pre),
    ('℃', '℃', Class::Post),
    ('℉', '℉', Class::Post),
    ('№', '№', Class::Pre),
    ('\u{2160}', '\u{2188}', Class::Symbol), // Ⅰ Ⅱ Ⅲ
    ('−', '−', Class::Pre),
    ('⋯', '⋯', Class::Ellip),
    ('①', '⒇', Class::Note),                // ① ⑴
    ('⒈', '⓿', Class::Symbol),
    ('\u{25A0}', '\u{26FF}', Class::Symbol), // ■ □ ▲ ● ★
    ('❶', '➓', Class::Symbol),
    ('\u{2E3A}', '\u{2E3A}', Class::Dash),   // GB/T 15834 5.1.4
    ('\u{2E80}', '\u{2FDF}', Class::Han),
    ('\u{3000}', '\u{3000}', Class::Wide),
    ('、', '、', Class::Comma),              // GB/T 15834 5.1.1
    ('。', '。', Class::Stop),
    ('〃', '〄', Class::Symbol),
    ('々', '〇', Class::Han),
    ('〈', '〈', Class::Open),               // clreq#id87
    ('〉', '〉', Class::Close),
    ('《', '《', Class::Open),
    ('》', '》', Class::Close),
    ('「', '「', Class::Open),
    ('」', '」', Class::Close),
    ('『', '『', Class::Open),
    ('』', '』', Class::Close),
    ('【', '【', Class::Open),               // clreq#id81
    ('】', '】', Class::Close),
    ('〒', '〓', Class::Symbol),
    ('〔', '〔', Class::Open),
    ('〕', '〕', Class::Close),
    ('〖', '〖', Class::Open),
    ('〗', '〗', Class::Close),
    ('〜', '〜', Class::Conn),
    ('〝', '〝', Class::Open),
    ('〞', '〟', Class::Close),
    ('〠', '〠', Class::Symbol),
    ('〡', '〩', Class::Han),
    ('〸', '〻', Class::Han),
    ('\u{3041}', '\u{309A}', Class::Han),
    ('\u{309D}', '\u{309F}', Class::Han),  // ゛ ゜ ゠ are left to UAX #14
    ('\u{30A1}', '\u{30FA}', Class::Han),
    ('・', '・', Class::Mid),
    ('\u{30FC}', '\u{31FF}', Class::Han),
    ('\u{3200}', '\u{3250}', Class::Symbol),
    ('㉑', '㉟', Class::Note),
    ('\u{3260}', '\u{32B0}', Class::Symbol),
    ('㊱', '㊿', Class::Note),
    ('\u{32C0}', '\u{33FF}', Class::Symbol),
    ('\u{3400}', '\u{4DBF}', Class::Han),
    ('\u{4E00}', '\u{9FFF}', Class::Han),
    ('\u{F900}', '\u{FAFF}', Class::Han),
    ('\u{FEFF}', '\u{FEFF}', Class::Glue),
    ('！', '！', Class::Excl),               // GB/T 15834 5.1.2
    ('＃', '＃', Class::Symbol),
    ('＄', '＄', Class::Pre),
    ('％', '％', Class::Post),
    ('＆', '＆', Class::Symbol),
    ('（', '（', Class::Open),
    ('）', '）', Class::Close),
    ('＊', '＋', Class::Symbol),
    ('，', '，', Class::Comma),
    ('－', '－', Class::Pre),                // as a sign
    ('．', '．', Class::Stop),
    ('／', '／', Class::Sol),
    ('０', '９', Class::Symbol),
    ('：', '：', Class::Colon),
    ('；', '；', Class::Comma),
    ('＜', '＞', Class::Symbol),
    ('？', '？', Class::Excl),
    ('＠', 'Ｚ', Class::Symbol),
    ('［', '［', Class::Open),
    ('＼', '＼', Class::Symbol),
    ('］', '］', Class::Close),
    ('ａ', 'ｚ', Class::Symbol),
    ('｛', '｛', Class::Open),
    ('｜', '｜', Class::Symbol),
    ('｝', '｝', Class::Close),
    ('～', '～', Class::Conn),
    ('￥', '￥', Class::Pre),
    ('\u{20000}', '\u{3FFFD}', Class::Han),
];

/// The class of a character standing alone (requirements §0.3).
pub fn class_of(character: char) -> Class {
    let after = TABLE.partition_point(|&(first, _, _)| first <= character);
    match after.checked_sub(1).map(|index| TABLE[index]) {
        Some((_, last, class)) if character <= last => class,
        _ => Class::Other,
    }
}

/// Curly quotes, which Chinese and Western text share (T05, T06).
pub fn is_curly_quote(character: char) -> bool {
    matches!(character, '“' | '”' | '‘' | '’')
}

/// Whether a mark may hang outside the measure (L41): ，、。 and no other.
pub fn may_hang(character: char) -> bool {
    matches!(character, '，' | '、' | '。')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_disjoint() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].0 <= pair[0].1, "{:?}", pair[0]);
            assert!(pair[0].1 < pair[1].0, "{:?} {:?}", pair[0], pair[1]);
        }
    }

    #[test]
    fn l46_the_classes_of_the_tables_have_their_names() {
        let names = Class::TABLED.map(Class::name);
        let known = [
            "OPEN", "CLOSE", "COMMA", "COLON", "STOP", "EXCL", "DASH", "ELLIP", "CONN", "MID",
            "SOL", "PRE", "POST", "HAN", "WEST", "NUM",
        ];
        assert_eq!(names, known);
    }

    #[test]
    fn l05_curly_quotes_are_brackets() {
        assert_eq!(class_of('“'), Class::Open);
        assert_eq!(class_of('‘'), Class::Open);
        assert_eq!(class_of('”'), Class::Close);
        assert_eq!(class_of('’'), Class::Close);
    }

    #[test]
    fn every_class_of_the_rules_has_its_members() {
        let members = [
            (Class::Open, "“‘（《〈【〖〔［｛「『〝"),
            (Class::Close, "”’）》〉】〗〕］｝」』〞〟"),
            (Class::Comma, "，、；"),
            (Class::Colon, "："),
            (Class::Stop, "。．"),
            (Class::Excl, "！？‼⁇⁈⁉"),
            (Class::Dash, "⸺"),
            (Class::Ellip, "…⋯"),
            (Class::Conn, "–—～-‐〜~"),
            (Class::Mid, "·・‧•"),
            (Class::Sol, "/／"),
            (Class::Pre, "¥￥$＄€£№+±−－#"),
            (Class::Post, "%％‰°℃℉′″¹²³⁰⁹₂"),
            (Class::Han, "汉〇々𫖯龥"),
            (Class::West, "AzéΩЖ"),
            (Class::Num, "0189"),
            (Class::Note, "①⑳⑴⒇㉑㉟㊱㊿"),
        ];
        for (class, text) in members {
            for character in text.chars() {
                assert_eq!(class_of(character), class, "{character}");
            }
        }
    }
}
