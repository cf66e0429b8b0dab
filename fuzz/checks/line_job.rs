//! A paragraph of any styles, any text, any rules and any measures, read from
//! bytes, so that a fuzzer steers every one of them.

use std::sync::Arc;

use banxin::base::clreq::{
    Direction, Em, Fit, GapRange, Level, LineEnd, MarkStyle, Region, Scheme,
};
use banxin::base::geom::Length;
use banxin::compose::Galley;
use banxin::compose::ideal::{self, styled_run, vertical_run};
use banxin::compose::lines_report::EM;
use banxin::compose::run::Run;
use banxin::story::{Align, ParaStyle, Placement, TextStyle, Turn};

/// Characters of a paragraph at most: more find nothing new, only slower.
const MOST: usize = 400;

/// What copy is made of where bytes are not the text themselves: everything
/// that a rule names, and what the rules do not expect.
const PIECES: &[&str] = &[
    "汉",
    "字",
    "的",
    "年",
    "々",
    "〇",
    "𫖯",
    "あ",
    "，",
    "。",
    "、",
    "；",
    "：",
    "！",
    "？",
    "．",
    "“",
    "”",
    "‘",
    "’",
    "（",
    "）",
    "《",
    "》",
    "〈",
    "〉",
    "【",
    "】",
    "〔",
    "〕",
    "「",
    "」",
    "『",
    "』",
    "［",
    "］",
    "｛",
    "｝",
    "〝",
    "〞",
    "——",
    "—",
    "⸺",
    "……",
    "…",
    "⋯⋯",
    "–",
    "-",
    "～",
    "〜",
    "‐",
    "~",
    "·",
    "・",
    "‧",
    "•",
    "/",
    "／",
    "‼",
    "⁉",
    "￥",
    "$",
    "№",
    "+",
    "−",
    "－",
    "%",
    "％",
    "‰",
    "℃",
    "°",
    "²",
    "①",
    "㊿",
    "⑴",
    "■",
    "Ⅲ",
    "㎡",
    "a",
    "AB",
    "It’s",
    "It's",
    "Zoë",
    "Ω",
    "Ж",
    "0",
    "7",
    "26",
    "2026",
    "1 234",
    "3.14",
    "1,000",
    "10:30",
    "50%",
    "-5",
    "km/h",
    "C++",
    "GB/T",
    "e-mail",
    "010-88",
    "(b)",
    "[",
    "]",
    "{",
    "}",
    ".",
    ",",
    ";",
    "!",
    "?",
    "\"",
    "'",
    "&",
    "www.a/b-c",
    "https://a.example/b?c=1",
    "d@e.org",
    " ",
    "  ",
    "\u{A0}",
    "\u{2009}",
    "\u{202F}",
    "\u{3000}",
    "\t",
    "\u{2060}",
    "\u{FEFF}",
    "\u{200B}",
    "\u{200D}",
    "\u{AD}",
    "\u{2028}",
    "\n",
    "\r\n",
    "\r",
    "\u{85}",
    "\u{301}",
    "\u{FE00}",
    "\u{20DD}",
    "👍🏽",
    "ไทย",
    "한",
    "עב",
    "ﷺ",
    "\u{202E}",
    "\u{0}",
    "editor",
    "communication",
    "Beijing",
    "12",
    "365",
    "GDP",
    "！！",
    "？！",
];

/// A paragraph and what it is to be set to.
pub(crate) struct Job {
    pub(crate) text: String,
    /// The styles with the byte at which each begins.
    pub(crate) parts: Vec<(usize, Arc<TextStyle>)>,
    pub(crate) style: ParaStyle,
    pub(crate) galley: Galley,
    /// The measures of the first lines; the last is that of all others.
    pub(crate) measures: Vec<Length>,
    /// The faces' advances are not the ideal ones.
    pub(crate) odd_advances: bool,
}

impl Job {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut bytes = Bytes(bytes);
        let scheme = scheme(&mut bytes);
        let style = paragraph(&mut bytes, scheme);
        let measures = measures(&mut bytes);
        let styles: Vec<Arc<TextStyle>> = (0..bytes.below(4) + 1)
            .map(|_| Arc::new(text_style(&mut bytes)))
            .collect();
        let cuts: Vec<u8> = styles.iter().map(|_| bytes.next()).collect();
        let odd = bytes.next();
        let text = text(&mut bytes);
        let parts = split(&text, &styles, &cuts);
        let mut run = run(&text, &parts, style.scheme.direction);
        if odd > 127 {
            bend(&mut run, odd);
        }
        Self {
            galley: Galley::new(&run, &style),
            text,
            parts,
            style,
            measures,
            odd_advances: odd > 127,
        }
    }

    /// The measure of a line as given.
    pub(crate) fn measure(&self, line: usize) -> Length {
        let last = self.measures.len() - 1;
        self.measures[line.min(last)]
    }

    /// What a line has to fill.
    pub(crate) fn room(&self, line: usize) -> Length {
        let style = &self.style;
        let first = if line == 0 {
            style.indent
        } else {
            Length::ZERO
        };
        (self.measure(line) - style.start - style.end - first).max(Length::ZERO)
    }

    /// Whether lines stand on the grid of characters (L49).
    pub(crate) fn on_grid(&self) -> bool {
        let running = self.style.align == Align::Justify && self.style.turn == Turn::Fill;
        self.style.scheme.grid_align && running
    }

    /// Whether lines run from top to bottom.
    pub(crate) fn vertical(&self) -> bool {
        self.style.scheme.direction == Direction::Vertical
    }

    /// The style of the character at a byte.
    pub(crate) fn style_at(&self, at: usize) -> &TextStyle {
        let after = self.parts.partition_point(|&(start, _)| start <= at);
        &self.parts[after.saturating_sub(1)].1
    }

    /// The em along the line: vertical lines are never condensed (N25).
    pub(crate) fn em_at(&self, at: usize) -> Length {
        let style = self.style_at(at);
        match self.style.scheme.direction {
            Direction::Horizontal => style.em(),
            Direction::Vertical => style.size,
        }
    }
}

/// The run of a text in its styles, for lines of this direction.
pub(crate) fn run(text: &str, parts: &[(usize, Arc<TextStyle>)], direction: Direction) -> Run {
    let ends = parts.iter().skip(1).map(|&(start, _)| start);
    let ends = ends.chain([text.len()]);
    let parts: Vec<(&str, Arc<TextStyle>)> = parts
        .iter()
        .zip(ends)
        .map(|((start, style), end)| (&text[*start..end], style.clone()))
        .collect();
    match direction {
        Direction::Horizontal => styled_run(&parts),
        Direction::Vertical => vertical_run(&parts),
    }
}

/// Faces with advances of their own: none, narrow and wide ones.
fn bend(run: &mut Run, seed: u8) {
    for (index, cluster) in run.clusters.iter_mut().enumerate() {
        let thousandths = (index as i64 * 97 + i64::from(seed) * 31) % 2000;
        cluster.advance = cluster.advance.scale(thousandths, 1000);
        cluster.ink.1 = cluster.ink.1.scale(thousandths, 1000);
    }
}

/// Bytes that never end: behind the last there are zeros.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    fn below(&mut self, count: u8) -> usize {
        usize::from(self.next() % count)
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        let index = usize::from(self.next()) % choices.len();
        choices[index]
    }

    fn yes(&mut self) -> bool {
        self.next() & 1 == 1
    }
}

fn gap(bytes: &mut Bytes<'_>) -> GapRange {
    let natural = Em(i32::from(bytes.next()) * 10);
    GapRange {
        natural,
        min: bytes.pick(&[natural, Em::EIGHTH, Em::ZERO]).min(natural),
        max: bytes
            .pick(&[Em::HALF, natural, Em::THIRD, Em::ONE])
            .max(natural),
    }
}

fn scheme(bytes: &mut Bytes<'_>) -> Scheme {
    let region = bytes.pick(&[Region::Cn, Region::Cn, Region::Tw, Region::Hk]);
    let level = Level::ALL[bytes.below(4)].1;
    let fit = bytes.pick(&[Fit::ProhibitionOnly, Fit::ShrinkFirst]);
    let line_end = bytes.pick(&[LineEnd::Half, LineEnd::Full, LineEnd::Allow]);
    let flags = bytes.next();
    let gap_letters = gap(bytes);
    let gap_digits = if flags & 64 > 0 {
        gap(bytes)
    } else {
        gap_letters
    };
    let space_min = bytes.pick(&[Em::QUARTER, Em::EIGHTH, Em::ZERO, Em::THIRD]);
    let space_max = bytes.pick(&[Em::HALF, Em::THIRD, Em::ONE]);
    let loose_limit = bytes.pick(&[Em::QUARTER, Em::ZERO, Em::HALF, Em::ONE]);
    let runt_minimum = bytes.pick(&[2, 0, 1, 5]);
    let marks = bytes.pick(&[
        MarkStyle::Gb,
        MarkStyle::Gb,
        MarkStyle::Full,
        MarkStyle::Kaiming,
        MarkStyle::Half,
    ]);
    let more = bytes.next();
    Scheme {
        region,
        direction: match more & 1 {
            0 => Direction::Horizontal,
            _ => Direction::Vertical,
        },
        marks,
        tight: more & 2 > 0,
        hyphenate: more & 4 > 0,
        grid_align: more & 24 == 24,
        level,
        fit,
        line_end,
        hanging: flags & 1 > 0,
        gaps_fixed: flags & 2 > 0,
        keep_sentence_final: flags & 4 > 0,
        force_words: flags & 8 > 0,
        trim_after_indent: flags & 16 > 0,
        trim_line_start: flags & 32 == 0,
        gap_letters,
        gap_digits,
        space_min,
        space_max,
        loose_limit,
        runt_minimum,
        glue_units: (flags & 128 > 0).then_some(true),
        ..Scheme::default()
    }
}

fn paragraph(bytes: &mut Bytes<'_>, scheme: Scheme) -> ParaStyle {
    ParaStyle {
        align: bytes.pick(&[
            Align::Justify,
            Align::Justify,
            Align::Even,
            Align::Start,
            Align::Center,
            Align::End,
        ]),
        turn: bytes.pick(&[Turn::Fill, Turn::Fill, Turn::Fill, Turn::Sense]),
        indent: EM * bytes.pick(&[0, 2, 1, 40]),
        start: EM * bytes.pick(&[0, 0, 1, 5]) / 2,
        end: EM * bytes.pick(&[0, 0, 1]),
        size: EM,
        pitch: EM,
        scheme: Arc::new(scheme),
        placement: Placement::Lines,
        keep_next: 0,
        before: 0,
        casts: [].into(),
    }
}

/// Up to four measures for the first lines and one for the rest: none at all
/// to 64 em, most of them not a whole number of anything.
fn measures(bytes: &mut Bytes<'_>) -> Vec<Length> {
    (0..bytes.below(5) + 1)
        .map(|_| {
            let halves = i64::from(bytes.next() % 128);
            let odd = i64::from(bytes.pick(&[0_u8, 0, 1, 77]));
            EM * halves / 2 + Length::units(odd)
        })
        .collect()
}

fn text_style(bytes: &mut Bytes<'_>) -> TextStyle {
    let scale_x = bytes.pick(&[1000, 1000, 800, 1333]);
    let tracking = bytes.pick(&[
        Length::ZERO,
        Length::ZERO,
        Length::ZERO,
        EM / 4,
        -(EM / 16),
        -(EM * 3),
    ]);
    let drawn = bytes.next();
    TextStyle {
        scale_x,
        tracking,
        half_em_digits: drawn & 1 > 0,
        raised: (drawn & 6 == 6).then_some(EM / 3),
        ..ideal::style(bytes.pick(&[
            EM,
            EM,
            Length::from_millipt(10_500),
            Length::pt(18),
            Length::units(1),
        ]))
    }
}

fn text(bytes: &mut Bytes<'_>) -> String {
    let rest = |bytes: &Bytes<'_>| bytes.0.to_vec();
    let text: String = if bytes.yes() {
        String::from_utf8_lossy(&rest(bytes)).into_owned()
    } else {
        let pieces = rest(bytes).into_iter();
        pieces
            .map(|byte| PIECES[usize::from(byte) % PIECES.len()])
            .collect()
    };
    text.chars().take(MOST).collect()
}

/// Cuts the text into as many parts as there are styles, at any characters.
fn split(text: &str, styles: &[Arc<TextStyle>], cuts: &[u8]) -> Vec<(usize, Arc<TextStyle>)> {
    let mut starts: Vec<usize> = cuts
        .iter()
        .map(|&cut| {
            let mut at = text.len() * usize::from(cut) / 255;
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        })
        .collect();
    starts.sort_unstable();
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    starts.into_iter().zip(styles.iter().cloned()).collect()
}
