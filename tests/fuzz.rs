//! The bodies of the fuzz targets, run on random and on damaged input, so
//! that every test run asks what a fuzzing run asks.

#![allow(
    clippy::disallowed_methods,
    reason = "these tests read the bundled layouts"
)]

#[path = "../fuzz/checks/layout.rs"]
mod layout;
#[path = "../fuzz/checks/lines.rs"]
mod lines;
#[path = "../fuzz/checks/manuscript.rs"]
mod manuscript;

use banxin::desk::layout::BUNDLED;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any};
use proptest::sample::{Index, select};
use proptest::{prop_oneof, proptest};

/// One way to damage a text.
#[derive(Clone, Debug)]
enum Damage {
    /// So many bytes are lost at a place.
    Lose(Index, usize),
    /// These are put in at a place.
    Put(Index, &'static str),
    /// A number is replaced.
    Number(Index, &'static str),
    /// A line stands twice, the second time elsewhere.
    Repeat(Index, Index),
    /// A line is lost.
    Drop(Index),
}

const SCRAPS: &[&str] = &[
    "[",
    "]]",
    "=",
    "\"",
    "\"\"\"",
    "\n",
    "#",
    "{",
    "}",
    "-",
    "1/0",
    "甲",
    "\u{FEFF}",
    "\0",
    "\u{2028}",
    "[[slots]]\n",
    "[grid]\n",
    "head = { type = \"left\" }\n",
    "anchor = 3\n",
];
const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "7",
    "40",
    "90",
    "-3",
    "0.5",
    "1000",
    "65536",
    "1000000000000000000",
    "nan",
    "-inf",
    "1e308",
    "\"1/3\"",
    "\"0pt\"",
    "\"500pt\"",
    "\"85%\"",
    "\"-1em\"",
];

fn damage() -> impl Strategy<Value = Damage> {
    let place = || any::<Index>();
    prop_oneof![
        1 => (place(), 1..40_usize).prop_map(|(at, count)| Damage::Lose(at, count)),
        1 => (place(), select(SCRAPS)).prop_map(|(at, scrap)| Damage::Put(at, scrap)),
        6 => (place(), select(NUMBERS)).prop_map(|(at, number)| Damage::Number(at, number)),
        1 => (place(), place()).prop_map(|(from, to)| Damage::Repeat(from, to)),
        2 => place().prop_map(Damage::Drop),
    ]
}

impl Damage {
    fn to(&self, text: &str) -> String {
        let at = |index: &Index| {
            let mut at = index.index(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        match self {
            Self::Lose(place, count) => {
                let start = at(place);
                let rest = text[start..].chars().skip(*count);
                text[..start].chars().chain(rest).collect()
            }
            Self::Put(place, scrap) => {
                let at = at(place);
                format!("{}{scrap}{}", &text[..at], &text[at..])
            }
            Self::Number(place, number) => {
                let values: Vec<usize> = text.match_indices("= ").map(|(at, _)| at + 2).collect();
                let starts = |at: &&usize| text[**at..].starts_with(|c: char| c.is_ascii_digit());
                let numbers: Vec<&usize> = values.iter().filter(starts).collect();
                if numbers.is_empty() {
                    return text.to_owned();
                }
                let start = **place.get(&numbers);
                let end = text[start..]
                    .find(|c: char| !c.is_ascii_digit())
                    .map_or(text.len(), |end| start + end);
                format!("{}{number}{}", &text[..start], &text[end..])
            }
            Self::Repeat(from, to) if !lines.is_empty() => {
                let line = lines[from.index(lines.len())];
                lines.insert(to.index(lines.len() + 1), line);
                lines.concat()
            }
            Self::Drop(place) if !lines.is_empty() => {
                lines.remove(place.index(lines.len()));
                lines.concat()
            }
            Self::Repeat(..) | Self::Drop(_) => text.to_owned(),
        }
    }
}

fn damaged_layout(most: usize) -> impl Strategy<Value = String> {
    (select(&BUNDLED[..]), vec(damage(), 1..most)).prop_map(|((_, text), damages)| {
        damages
            .iter()
            .fold(text.to_owned(), |text, damage| damage.to(&text))
    })
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn a_damaged_layout_is_a_layout_or_an_error_with_its_place(text in damaged_layout(6)) {
        layout::check_reading(&text);
    }

    #[test]
    fn any_bytes_at_all_are_taken(bytes in vec(any::<u8>(), 0..300)) {
        manuscript::check(&bytes);
        layout::check(&bytes);
        lines::check(&bytes);
    }
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn a_page_made_up_by_a_damaged_layout_loses_nothing(text in damaged_layout(3)) {
        layout::check(text.as_bytes());
    }
}

proptest! {
    #![proptest_config(config(10_000))]

    #[test]
    fn any_paragraph_is_set_by_the_rules(bytes in vec(any::<u8>(), 40..160)) {
        lines::check(&bytes);
    }
}

/// Bytes of a seed, by `SplitMix64`.
struct Bytes(u64);

impl Bytes {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 60 to 139 bytes.
    fn some(&mut self) -> Vec<u8> {
        let count = 60 + self.roll() % 80;
        (0..count).map(|_| self.roll().to_le_bytes()[3]).collect()
    }
}

/// A long run, from ten seeds: `cargo test --release --test fuzz -- --ignored`
/// (`docs/quality.md`).
#[test]
#[ignore = "takes minutes: one million paragraphs"]
fn a_million_paragraphs_are_set_by_the_rules() {
    for seed in 1..=10_u64 {
        for number in 0..100_000 {
            let start = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            lines::check(&Bytes(start.wrapping_add(number)).some());
        }
    }
}

/// Input that a fuzzing run has found, as hexadecimal digits: a paragraph of
/// which two ways to break it cost the same.
const FOUND: &[&str] = &["\
    853b7100000005000700000000000085850a8a8585850a8a4a008a0d85853b71000000050007\
    000000000085850a8a0a8555123f"];

#[test]
fn p10_of_two_ways_that_cost_the_same_one_is_taken() {
    for digits in FOUND {
        let pairs = digits.as_bytes().chunks(2);
        let bytes: Vec<u8> = pairs
            .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        assert_eq!(bytes.len() * 2, digits.len());
        lines::check(&bytes);
    }
}

#[test]
fn the_bundled_layouts_lose_nothing() {
    for (_, text) in BUNDLED {
        layout::check(text.as_bytes());
    }
}
