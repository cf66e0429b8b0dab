//! Western text inside Chinese: the one door to `unicode-linebreak`, and the
//! finding of addresses.

use std::ops::Range;

use unicode_linebreak::{BreakClass, break_property};

/// The break opportunities of the Unicode algorithm, asked only for pairs
/// that the Chinese table does not list (L46).
pub(super) struct Fallback {
    offsets: Vec<u32>,
}

impl Fallback {
    pub(super) fn new(text: &str) -> Self {
        let offsets = unicode_linebreak::linebreaks(text)
            .filter_map(|(offset, _)| u32::try_from(offset).ok())
            .collect();
        Self { offsets }
    }

    /// Whether a line may break before the character at this byte.
    pub(super) fn allows(&self, offset: u32) -> bool {
        self.offsets.binary_search(&offset).is_ok()
    }
}

/// Byte ranges of web and mail addresses, in order (L16).
///
/// An address is a run of visible ASCII that holds `://`, begins with `www.`
/// or holds an `@` between two letters or digits; a path from its root
/// (`/etc/hosts`) is one too. Brackets and stops at its end belong to the
/// sentence.
pub(super) fn addresses(text: &str) -> Vec<Range<u32>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_graphic() {
            at += 1;
            continue;
        }
        let run = bytes[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_graphic())
            .count();
        let mut word = &bytes[at..at + run];
        // `元/kg/天` is no path
        let free = !text[..at].ends_with(char::is_alphanumeric);
        let mut start = at;
        while let [first, rest @ ..] = word
            && !first.is_ascii_alphanumeric()
            && !(free && is_path(word))
        {
            word = rest;
            start += 1;
        }
        while let [rest @ .., last] = word
            && matches!(
                last,
                b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']' | b'"' | b'\''
            )
        {
            word = rest;
        }
        if is_address(word)
            && let (Ok(from), Ok(to)) = (u32::try_from(start), u32::try_from(start + word.len()))
        {
            found.push(from..to);
        }
        at += run;
    }
    found
}

fn is_address(word: &[u8]) -> bool {
    let mail = |triple: &[u8]| {
        triple[1] == b'@' && triple[0].is_ascii_alphanumeric() && triple[2].is_ascii_alphanumeric()
    };
    word.starts_with(b"www.")
        || is_path(word)
        || word
            .windows(3)
            .any(|triple| triple == b"://" || mail(triple))
}

/// Whether a word begins as a path from its root does, of two names at least.
fn is_path(word: &[u8]) -> bool {
    match word {
        [b'/', first, rest @ ..] => first.is_ascii_alphanumeric() && rest.contains(&b'/'),
        _ => false,
    }
}

/// Characters after which an address may break.
pub(super) fn breaks_address(character: char) -> bool {
    matches!(character, '/' | '.' | '-' | '_' | '?' | '&')
}

/// Whether a character that no Chinese rule lists may not start a line, by its
/// class in the Unicode algorithm (L46); there a quote is of no side, but one
/// of a Western sentence has its own (L05).
pub(super) fn is_closer(character: char) -> bool {
    use BreakClass::{
        CloseParenthesis, ClosePunctuation, Exclamation, InfixSeparator, Inseparable,
        NonBreakingGlue, NonStarter, Postfix,
    };
    matches!(character, '’' | '”')
        || matches!(
            break_property(u32::from(character)),
            CloseParenthesis
                | ClosePunctuation
                | Exclamation
                | InfixSeparator
                | Inseparable
                | NonBreakingGlue
                | NonStarter
                | Postfix
        )
}

/// Whether it may not end one.
pub(super) fn is_opener(character: char) -> bool {
    use BreakClass::{NonBreakingGlue, OpenPunctuation};
    matches!(character, '‘' | '“')
        || matches!(
            break_property(u32::from(character)),
            OpenPunctuation | NonBreakingGlue
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l16_addresses_are_found_without_their_sentence() {
        let text = "见 (https://a.example/b?c=1). 信箱desk@example.org，完";
        let found: Vec<_> = addresses(text)
            .into_iter()
            .map(|range| &text[range.start as usize..range.end as usize])
            .collect();
        assert_eq!(found, ["https://a.example/b?c=1", "desk@example.org"]);
        assert!(addresses("约3元/kg/天").is_empty());
        assert_eq!(addresses("(/etc/hosts), km/h, /h, //a/b"), [1..11, 25..29]);
    }
}
