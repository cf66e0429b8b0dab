//! Makes `src/base/lexicon/words.fst` from a word list in the form of jieba's
//! `dict.txt` (a word, its frequency and its kind a line):
//!
//!     cargo run --release --example lexicon -- dict.txt src/base/lexicon/words.fst
//!
//! Words of Han alone are kept, those of several characters from a frequency
//! of 5. The value of a word is four times its rarity, and more by its kind: 1
//! for a noun, 2 for a proper name. The same list gives the same bytes.

#![allow(
    clippy::disallowed_methods,
    reason = "a tool that reads and writes files"
)]
#![allow(clippy::print_stdout, reason = "says what it made")]

use std::collections::BTreeMap;
use std::error::Error;

/// Frequency from which a word of several characters is kept.
const LEAST: u64 = 5;
/// Steps of cost for each factor e of rarity.
const STEPS: f64 = 16.0;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(list), Some(to)) = (args.next(), args.next()) else {
        return Err("two files are needed: the word list, and where to write".into());
    };
    let mut words: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for line in std::fs::read_to_string(list)?.lines() {
        let mut parts = line.split_whitespace();
        let (Some(word), Some(count)) = (parts.next(), parts.next()) else {
            continue;
        };
        let count: u64 = count.parse()?;
        let han = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '〇');
        if word.chars().all(han) && (word.chars().count() == 1 || count >= LEAST) {
            let (known, kind) = words.entry(word.to_owned()).or_default();
            *known += count.max(1);
            *kind = kind_of(parts.next().unwrap_or(""));
        }
    }
    let total: u64 = words.values().map(|(count, _)| count).sum();
    let mut map = fst::MapBuilder::memory();
    for (word, (count, kind)) in &words {
        let rarity = (total as f64 / *count as f64).ln();
        map.insert(word, (rarity * STEPS).round() as u64 * 4 + kind)?;
    }
    let bytes = map.into_inner()?;
    println!("{} words, {} bytes", words.len(), bytes.len());
    std::fs::write(to, bytes)?;
    Ok(())
}

/// The number of a word's kind, from the list's own mark of it.
fn kind_of(mark: &str) -> u64 {
    match mark {
        "ns" | "nt" | "nz" | "nr" | "nrt" | "nrfg" => 2,
        _ if mark.starts_with('n') || mark == "j" || mark == "s" => 1,
        _ => 0,
    }
}
