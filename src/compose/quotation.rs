//! Curly quotes of Western sentences inside Chinese paragraphs (T06, V14).
//!
//! Unicode has one “ for both worlds. In a Chinese paragraph it is Chinese
//! (T05), also around Western words: `他说“OK”` names a thing in Chinese. But
//! `他说：“He said ‘yes’ to me.”` quotes a Western sentence, and what stands in
//! quotes inside it was put there by that sentence: these are Western quotes,
//! as its commas are Western commas. They come from the Western face, and turn
//! with their sentence in vertical lines.

use super::script::is_chinese;
use crate::base::clreq::is_curly_quote;

/// The bytes at which a quote of a Western sentence begins, in order. Those of
/// a paragraph that is Western all through are not asked for: there every one
/// is.
///
/// A quotation belongs to a Western sentence where letters of that sentence
/// stand on both sides of it, not joined to it; on one side is enough where
/// the other is the edge of a quotation around the sentence, or where a Western
/// mark ends the quotation or follows it (`“Yes,” he said`, `He said “yes”.`). A
/// lone ’ behind a letter inside such a sentence is an apostrophe (`the boys’
/// club`), and so is one that begins a word for the letters left out (`the
/// ’90s`, `rock ’n’ roll`).
pub(super) fn western_quotes(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    if !text.contains(is_curly_quote) || !text.contains(|c: char| is_letter(c)) {
        return found;
    }
    let mut stretch = Stretch::default();
    let mut before = None;
    // the letters since a ’ that begins a word: `’n’` has one
    let mut clipped: Option<usize> = None;
    // a ‘ that waits for its ’, Chinese or not
    let mut open = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let joined = |c: Option<char>| c.is_some_and(|c| is_letter(c) || c.is_ascii_digit());
        match c {
            // T06: it belongs to its word
            '’' if joined(before) && joined(next) => {}
            // what closes stands at its word: this begins one
            '’' if joined(next) && before.is_none_or(|c| begins_word(c, open)) => {
                stretch.apostrophe(at, true);
                clipped = Some(0);
            }
            '’' if clipped == Some(1) => {
                stretch.apostrophe(at, false);
                clipped = None;
            }
            _ if is_curly_quote(c) => {
                open = c == '‘' || (open && c != '’');
                stretch.quote(at, c, before, next);
            }
            '\n' | '\u{2028}' => {
                open = false;
                stretch.end(&mut found);
            }
            _ if is_chinese(c) => stretch.end(&mut found),
            _ => stretch.letter(c),
        }
        clipped = match c {
            '’' => clipped,
            _ if is_letter(c) => clipped.map(|letters| letters + 1),
            _ => None,
        };
        before = Some(c);
    }
    stretch.end(&mut found);
    found.sort_unstable();
    found
}

/// Whether a word begins behind `c`; behind Han a ’ closes what is `open`.
fn begins_word(c: char, open: bool) -> bool {
    c.is_whitespace() || matches!(c, '“' | '(' | '（') || (c == '‘' || is_chinese(c)) && !open
}

/// Whether a Western mark stands at the end of a quotation, or behind it.
fn ends_sentence(c: Option<char>) -> bool {
    matches!(c, Some('.' | ',' | '!' | '?' | ';'))
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !is_chinese(c)
}

/// A quotation, or at the bottom of the pile the stretch itself.
#[derive(Default)]
struct Level {
    /// Its opening quote and where it stands.
    open: Option<(usize, char)>,
    /// A letter or figure joins its opening quote from outside.
    joined: bool,
    /// Letters of its own so far, those of quotations inside it left out.
    letters: usize,
    /// Quotations inside it, and lone quotes.
    inside: Vec<Quotation>,
}

/// A quotation that is closed.
struct Quotation {
    /// Its two quotes; of a lone one twice the same.
    quotes: [usize; 2],
    lone: bool,
    /// Letters of the level around it that stand before it.
    letters_before: usize,
    joined_before: bool,
    joined_behind: bool,
    /// It ends in a Western mark.
    marked: bool,
    inside: Level,
}

/// What stands between Chinese characters.
struct Stretch {
    /// From the outside in; never empty.
    levels: Vec<Level>,
}

impl Default for Stretch {
    fn default() -> Self {
        Self {
            levels: vec![Level::default()],
        }
    }
}

/// Quotations inside each other that are looked into; what is deeper is no
/// text.
const DEEPEST: usize = 8;

impl Stretch {
    fn letter(&mut self, c: char) {
        if let Some(level) = self.levels.last_mut() {
            level.letters += usize::from(is_letter(c));
        }
    }

    fn quote(&mut self, at: usize, c: char, before: Option<char>, next: Option<char>) {
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if matches!(c, '“' | '‘') {
            if self.levels.len() <= DEEPEST {
                self.levels.push(Level {
                    open: Some((at, c)),
                    joined: joins(before),
                    ..Level::default()
                });
            }
            return;
        }
        let opener = if c == '”' { '“' } else { '‘' };
        let opens = self.levels.last().and_then(|level| level.open);
        match opens {
            Some((open, found)) if found == opener => {
                let Some(inside) = self.levels.pop() else {
                    return;
                };
                if let Some(host) = self.levels.last_mut() {
                    host.inside.push(Quotation {
                        quotes: [open, at],
                        lone: false,
                        letters_before: host.letters,
                        joined_before: inside.joined,
                        joined_behind: joins(next),
                        marked: ends_sentence(before) || ends_sentence(next),
                        inside,
                    });
                }
            }
            _ if c == '’' && before.is_some_and(is_letter) => self.apostrophe(at, false),
            _ => {}
        }
    }

    /// A ’ that closes nothing; whether it `begins` its word.
    fn apostrophe(&mut self, at: usize, begins: bool) {
        if let Some(host) = self.levels.last_mut() {
            host.inside.push(Quotation {
                quotes: [at, at],
                lone: true,
                letters_before: host.letters,
                joined_before: false,
                joined_behind: begins,
                marked: false,
                inside: Level::default(),
            });
        }
    }

    /// Judges the quotations of the stretch, and begins another one.
    fn end(&mut self, found: &mut Vec<usize>) {
        let stretch = std::mem::take(self);
        // a quotation that Chinese text or a lack of quotes leaves open has no
        // edge inside the stretch
        for level in &stretch.levels {
            level.judge(false, false, found);
        }
    }
}

impl Level {
    /// `western`: it is itself a quotation of a Western sentence. `closed`: it
    /// is a quotation with two ends.
    fn judge(&self, western: bool, closed: bool, found: &mut Vec<usize>) {
        for quotation in &self.inside {
            let before = quotation.letters_before > 0;
            let behind = self.letters > quotation.letters_before;
            let left = before && !quotation.joined_before;
            let right = behind && !quotation.joined_behind;
            let edge = closed || quotation.marked;
            let inside = match quotation.lone {
                true if quotation.joined_behind => behind || before,
                true => before && (behind || closed),
                false => (left && (right || (!behind && edge))) || (right && !before && edge),
            };
            let is_western = western || inside;
            if is_western {
                let [open, close] = quotation.quotes;
                found.push(open);
                if close != open {
                    found.push(close);
                }
            }
            quotation.inside.judge(is_western, true, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with its Western quotes marked.
    fn marked(text: &str) -> String {
        let found = western_quotes(text);
        let mark = |(at, c): (usize, char)| if found.contains(&at) { '^' } else { c };
        text.char_indices().map(mark).collect()
    }

    #[test]
    fn v14_quotes_inside_a_western_quotation_are_western() {
        for (text, expected) in [
            (
                "他说：“He said ‘yes’ to me.”好",
                "他说：“He said ^yes^ to me.”好",
            ),
            ("写道：“‘Yes,’ he said.”", "写道：“^Yes,^ he said.”"),
            ("用He said “yes” to me好", "用He said ^yes^ to me好"),
            ("他写道：He said “yes.”", "他写道：He said ^yes.^"),
            ("她“It’s the boys’ club”吗", "她“It’s the boys^ club”吗"),
            ("他写道：He said “good”. 好", "他写道：He said ^good^. 好"),
            ("他写道：“Good”, he said.", "他写道：^Good^, he said."),
            ("听rock ’n’ roll音乐", "听rock ^n^ roll音乐"),
            ("听‘rock ’n’ roll’音乐", "听‘rock ^n^ roll’音乐"),
            ("听“hits of the ’90s”吧", "听“hits of the ^90s”吧"),
            ("称“’90s hits”好", "称“^90s hits”好"),
            ("听’90s hits", "听^90s hits"),
            ("写‘甲’OK", "写‘甲’OK"),
            (
                "称“He said “she ‘never’ came” twice”",
                "称“He said ^she ^never^ came^ twice”",
            ),
        ] {
            assert_eq!(marked(text), expected);
        }
    }

    #[test]
    fn t05_quotes_around_western_words_in_chinese_stay_chinese() {
        for text in [
            "他说“OK”。",
            "比如“OK” “Yes”和",
            "称“‘OK’”好",
            "在Windows“Copilot”键",
            "在 Windows “Copilot” 键",
            "iPhone的“Pro”版",
            "听Beyond“海阔天空”",
            "写He said yes” to me好",
            "“”‘’a”’“中",
            "他说“Yes.” “No.”然后",
            "说‘OK’。",
            "说“OK”.",
            "比如“OK”,“Yes”和",
            "说‘OK’ ‘No’。",
            "在‘2026’年",
            // what touches a letter opens no sentence
            "写abc“def” ghi好",
        ] {
            assert_eq!(marked(text), text);
        }
    }

    #[test]
    fn quotes_without_end_are_no_trouble() {
        let text = "中a".to_owned() + &"“a ".repeat(1000) + &"”".repeat(1000);
        assert!(western_quotes(&text).len() < 40);
    }
}
