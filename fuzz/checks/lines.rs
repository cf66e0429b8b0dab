//! Any text in any styles, by any rules, is set whole, in order, to its
//! measure and by the rules.
//!
//! The lists of characters here are the requirements' own (§0.3, §0.4), not
//! the program's tables, which they judge.

mod line_grid;
mod line_job;
mod line_marks;
mod line_word;

use banxin::base::clreq::{Level, LineEnd, Region};
use banxin::base::geom::Length;
use banxin::compose::lines_report::EM;
use banxin::compose::{Line, SetAtom};
use banxin::story::Align;

use line_job::Job;

/// 点号 and 后引号, 后括号: no level but `none` lets them start a line.
const CLOSING: &str = "，、；：。．！？‼⁇⁈⁉”’）》〉】〗〕］｝」』〞〟";
/// 前引号, 前括号: no level but `none` lets them end one.
const OPENING: &str = "“‘（《〈【〖〔［｛「『〝";
/// 连接号, 间隔号, 分隔号 that no Western word is written with: they start no
/// line either.
const JOINING: &str = "～〜·・‧•／";
/// Notes start a line at no level (L17).
const NOTES: &str = "①⑳⑴㊿";

/// Takes bytes as options and text.
///
/// # Panics
///
/// Where a byte or cluster of the text is set twice, not at all or out of
/// order; where a line misses its measure, breaks at a place that the rules
/// forbid or opens, squeezes or trims what they keep, without a note.
pub(crate) fn check(bytes: &[u8]) {
    let job = Job::read(bytes);
    let measure = |line| job.measure(line);
    let constant_from = job.measures.len() - 1;
    let lines = job.galley.break_lines(&measure, constant_from);
    assert_eq!(lines.is_empty(), job.text.is_empty());
    covers(&job, &lines);
    for (number, line) in lines.iter().enumerate() {
        fills(&job, number, line);
        notes(&job, number, line);
        // a first line of controls alone may or may not have taken the indent
        if number != 1 || !drawn(&job, &lines[0]).is_empty() {
            edges(&job, number, line);
        }
        inside(&job, line);
        line_marks::widths(&job, line);
        line_word::hyphen(&job, line);
        if job.on_grid() {
            line_grid::stands(&job, number, line);
        }
    }
    breaks(&job, &lines);
    same(&job, &lines, constant_from);
}

fn noted(line: &Line, codes: &[&str]) -> bool {
    line.notes.iter().any(|note| codes.contains(&note.code))
}

fn seen<'a>(job: &'a Job, line: &Line) -> &'a str {
    &job.text[line.seen.start as usize..line.seen.end as usize]
}

fn of<'a>(job: &'a Job, atom: &SetAtom) -> &'a str {
    &job.text[atom.text.start as usize..atom.text.end as usize]
}

fn first_char(job: &Job, atom: &SetAtom) -> char {
    of(job, atom).chars().next().unwrap_or('\0')
}

/// Atoms that are set and drawn, controls left out.
fn drawn<'a>(job: &Job, line: &'a Line) -> Vec<&'a SetAtom> {
    let seen = |atom: &&SetAtom| !atom.swallowed && !is_control(first_char(job, atom));
    line.glyphs.iter().filter(seen).collect()
}

fn inked(job: &Job, atom: &SetAtom) -> bool {
    let c = first_char(job, atom);
    !is_control(c) && !is_blank(c)
}

fn is_control(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
    ) || is_feed(c)
}

fn is_feed(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_blank(c: char) -> bool {
    (c.is_whitespace() || matches!(c, '\u{200B}')) && !is_feed(c)
}

/// Every byte and every cluster once and in order.
fn covers(job: &Job, lines: &[Line]) {
    let (mut byte, mut cluster) = (0, 0);
    for (number, line) in lines.iter().enumerate() {
        assert_eq!(line.text.start, byte, "line {number} does not follow");
        assert!(line.text.start <= line.seen.start && line.seen.end <= line.text.end);
        for atom in &line.glyphs {
            assert_eq!(atom.text.start, byte, "line {number} skips or repeats");
            assert_eq!(atom.clusters.start, cluster);
            (byte, cluster) = (atom.text.end, atom.clusters.end);
        }
        assert_eq!(byte, line.text.end, "line {number} ends elsewhere");
        assert_eq!(line.last, number + 1 == lines.len());
        assert_eq!(line.measure, job.measure(number));
        // L18: a line feed ends its line, and nothing else is forced
        let text = &job.text[line.text.start as usize..line.text.end as usize];
        let inner = text.trim_end_matches(is_feed);
        assert!(!inner.contains(is_feed), "line {number} passes a line feed");
        if !line.last {
            assert_eq!(line.forced, text.ends_with(is_feed), "line {number}");
        }
    }
    assert_eq!(byte as usize, job.text.len(), "the end of the text is lost");
}

/// The width, its place and what stands outside.
fn fills(job: &Job, number: usize, line: &Line) {
    let room = job.room(number);
    let align = job.style.align;
    if !noted(line, &["line/overlong"]) {
        assert!(line.width <= room, "line {number} sticks out");
    }
    let filled = match align {
        Align::Even => true,
        // L49: on the grid of characters white stays at the end
        Align::Justify => !line.last && !line.forced && !job.on_grid(),
        Align::Start | Align::Center | Align::End => false,
    };
    if filled && !noted(line, &["line/short", "line/overlong", "line/broken"]) {
        assert_eq!(line.width, room, "line {number} misses its measure");
    }
    if !filled {
        assert_eq!(line.loose, Length::ZERO, "line {number} is stretched");
        assert!(line.width <= line.natural);
    }
    if job.on_grid() {
        assert_eq!(line.width, line.natural, "L49: line {number} is squeezed");
    }
    let indent = job.style.start
        + if number == 0 {
            job.style.indent
        } else {
            Length::ZERO
        };
    let white = (room - line.width).max(Length::ZERO);
    let offset = match align {
        Align::Center => white / 2,
        Align::End => white,
        Align::Start | Align::Justify | Align::Even => Length::ZERO,
    };
    assert_eq!(line.x, indent + offset);
    // what is drawn ends where the line does; one mark may hang behind it
    if let Some(last) = line.glyphs.iter().rfind(|atom| !atom.swallowed) {
        let end = last.x + last.advance;
        if end != line.width {
            let scheme = &job.style.scheme;
            assert!(
                scheme.hanging && scheme.region == Region::Cn,
                "line {number}"
            );
            assert!("，、。".contains(first_char(job, last)));
            assert_eq!(last.x, line.width, "line {number}: a mark hangs elsewhere");
        }
    }
}

/// What a line says of itself is so.
fn notes(job: &Job, number: usize, line: &Line) {
    let limit = job.style.scheme.loose_limit.of(EM);
    let loose = job.style.align != Align::Even && line.loose > limit;
    assert_eq!(noted(line, &["line/loose"]), loose, "line {number}");
    let room = job.room(number);
    assert_eq!(noted(line, &["line/overlong"]), line.width > room);
    if noted(line, &["line/short"]) {
        assert!(line.width < room);
    }
    if noted(line, &["line/runt"]) {
        assert!(line.last && number > 0);
    }
    if noted(line, &["line/overlong"]) {
        let set = line.glyphs.iter().filter(|atom| !atom.swallowed);
        let wide = set.filter(|atom| atom.advance > Length::ZERO).count();
        assert!(wide <= 1, "line {number} is overlong with {wide} atoms");
    }
}

/// Blanks at the line's edges (L30, L31, L32).
fn edges(job: &Job, number: usize, line: &Line) {
    let scheme = &job.style.scheme;
    let drawn: Vec<&SetAtom> = line.glyphs.iter().filter(|atom| !atom.swallowed).collect();
    let (Some(first), Some(last)) = (drawn.first(), drawn.last()) else {
        return;
    };
    // L49: on the grid a mark keeps its whole em at the edges too
    if job.on_grid() {
        return;
    }
    let half = |atom: &SetAtom| line_marks::is_half(job, atom);
    let own = |atom: &SetAtom| own_width(job, atom) || line_marks::whole(job, atom);
    let mark = first_char(job, last);
    let hung = last.x == line.width && last.advance > Length::ZERO;
    let closes = CLOSING.contains(mark);
    if scheme.line_end == LineEnd::Half && scheme.region == Region::Cn && closes && !own(last) {
        assert!(
            half(last) || hung,
            "line {number} keeps the blank of {mark}"
        );
    }
    let indented = number == 0 && job.style.indent > Length::ZERO;
    let trims = scheme.trim_line_start && (scheme.trim_after_indent || !indented);
    let mark = first_char(job, first);
    if trims && OPENING.contains(mark) && !own(first) {
        assert!(half(first), "line {number} keeps the blank of {mark}");
    }
}

/// Quotes of a Western paragraph and apostrophes have the face's own width,
/// and so has whatever is raised or lowered (L17).
fn own_width(job: &Job, atom: &SetAtom) -> bool {
    if raised(job, atom) {
        return true;
    }
    let west = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{2E80}');
    let mark = first_char(job, atom);
    let before = &job.text[..atom.text.start as usize];
    let letter = before.trim_end_matches(combines).chars().next_back();
    let after = job.text[atom.text.end as usize..].chars().next();
    // an accent that begins a style stands for itself
    let around = (west(letter) || before.ends_with(combines)) && west(after);
    // an address is Western through and through, its signs too
    let apostrophe = mark == '’' && (around || has_address(&job.text));
    let quote = matches!(mark, '‘' | '’' | '“' | '”');
    quote && (western(&job.text) || apostrophe || beside_letters(job, atom))
}

/// Whether an atom is a superscript or subscript.
fn raised(job: &Job, atom: &SetAtom) -> bool {
    job.style_at(atom.text.start as usize).raised.is_some()
}

/// Whether a quote stands among Western letters, with nothing Chinese between:
/// it may be one of their sentence (V14).
fn beside_letters(job: &Job, atom: &SetAtom) -> bool {
    let foreign = |c: &char| !east_asian(*c) && !matches!(c, '\n' | '\u{2028}');
    let letter = |c: char| c.is_alphabetic();
    let before = &job.text[..atom.text.start as usize];
    let after = &job.text[atom.text.end as usize..];
    before.chars().rev().take_while(foreign).any(letter)
        || after.chars().take_while(foreign).any(letter)
}

/// What is between two edges: frames keep their size, blanks their floor, and
/// numbers and words do not open.
fn inside(job: &Job, line: &Line) {
    let set: Vec<&SetAtom> = line.glyphs.iter().filter(|atom| !atom.swallowed).collect();
    for atom in &set {
        let em = job.em_at(atom.text.start as usize);
        let mark = first_char(job, atom);
        assert!(atom.advance >= Length::ZERO);
        // L17: what is raised has no frame
        if raised(job, atom) {
            continue;
        }
        if ('\u{4E00}'..='\u{9FFF}').contains(&mark) {
            assert_eq!(atom.advance, em, "{mark} is scaled");
        }
        let full = CLOSING.contains(mark) || OPENING.contains(mark);
        if full && !own_width(job, atom) {
            assert!(
                atom.advance <= em && atom.advance * 2 + Length::units(2) >= em,
                "{mark}"
            );
        }
        let dash = of(job, atom).starts_with("——") || mark == '⸺';
        if dash {
            assert_eq!(atom.advance, em * 2, "a dash is not two em");
        }
    }
    for pair in set.windows(2) {
        let &[before, after] = pair else { continue };
        let gap = after.x - before.x - before.advance;
        let style = job.style_at(before.text.start as usize);
        let tracking = style.tracking;
        // tighter than a headline may be, characters lap over each other
        if !inked(job, before) || !inked(job, after) {
            continue;
        }
        if tracking * 8 >= -style.size {
            assert!(
                after.x >= before.x,
                "{} laps over {}",
                of(job, after),
                of(job, before)
            );
        }
        if tracking != Length::ZERO {
            continue;
        }
        assert!(gap >= Length::ZERO, "two atoms lap over");
        let (a, b) = (first_char(job, before), first_char(job, after));
        // a raised one may be a note's mark (L17)
        if raised(job, before) || raised(job, after) {
            continue;
        }
        // a letter that its face gives no width is nothing to the grid (L49)
        let none = before.advance == Length::ZERO || after.advance == Length::ZERO;
        if job.on_grid() && none {
            continue;
        }
        let digits = a.is_ascii_digit() && b.is_ascii_digit();
        if digits || (a.is_ascii_alphabetic() && b.is_ascii_alphabetic()) {
            assert_eq!(gap, Length::ZERO, "{a}{b} is opened");
        }
        if a == b && "…⋯".contains(a) {
            assert_eq!(gap, Length::ZERO, "{a}{b} is opened");
        }
    }
}

/// Whether ’ at a byte behind white space stands for letters left out of the
/// word that follows it.
fn clips(text: &str, at: usize) -> bool {
    let spaced = text[..at].ends_with(char::is_whitespace);
    let mut after = text[at..].trim_start_matches('\u{FEFF}').chars();
    spaced && after.next() == Some('’') && after.next().is_some_and(char::is_alphanumeric)
}

/// No line begins or ends with what may not (§0.4), and none breaks where
/// nothing lets it.
fn breaks(job: &Job, lines: &[Line]) {
    let permitted = job.galley.breaks();
    let level = job.style.scheme.level;
    let ruled = level != Level::None && !western(&job.text);
    let address = has_address(&job.text);
    for (number, pair) in lines.windows(2).enumerate() {
        let [line, next] = pair else { continue };
        let broken = noted(line, &["line/broken"]);
        // a long run of marks may be parted, and says so (L43); on the grid
        // of characters the second of two may start a line (L49)
        let relaxed = noted(line, &["line/relaxed"]) || line_grid::parted(job, line.text.end);
        let hyphened = line.glyphs.iter().any(|atom| atom.hyphen.is_some());
        assert!(
            broken || relaxed || hyphened || permitted.contains(&line.text.end),
            "line {number} breaks where no rule lets it"
        );
        // a break that the copy itself asks for stands above the rules
        if line.forced || broken || asked(&job.text, line.text.end as usize) {
            continue;
        }
        let ends = drawn(job, line);
        let starts = drawn(job, next);
        let leaves = starts.first().is_some_and(|atom| raised(job, atom));
        assert!(!leaves, "L17: line {number}+1: {}", seen(job, next));
        // what is raised is a note's mark, no bracket
        let end = ends.last().filter(|atom| !raised(job, atom));
        let end = end.map(|atom| first_char(job, atom));
        let start = starts.first().map(|atom| first_char(job, atom));
        let starts_with = |list: &str| start.is_some_and(|c| list.contains(c));
        assert!(!starts_with(NOTES), "line {number}+1: {}", seen(job, next));
        if !ruled {
            continue;
        }
        // ’90s: it begins a word and closes nothing (T06)
        let clipped = clips(&job.text, line.text.end as usize);
        assert!(
            relaxed || clipped || !starts_with(CLOSING),
            "line {number}+1: {}",
            seen(job, next)
        );
        assert!(
            !starts_with(JOINING),
            "line {number}+1: {}",
            seen(job, next)
        );
        if level == Level::Strict {
            assert!(!starts_with("…⋯⸺"), "line {number}+1: {}", seen(job, next));
            let dash = seen(job, next).starts_with("——");
            assert!(!dash, "line {number}+1: {}", seen(job, next));
        }
        let Some(end) = end else { continue };
        assert!(!OPENING.contains(end), "line {number}: {}", seen(job, line));
        let solidus = end == '／' || (end == '/' && !address);
        if matches!(level, Level::Gb | Level::Strict) && solidus {
            panic!("line {number} ends with a solidus: {}", seen(job, line));
        }
    }
}

fn has_address(text: &str) -> bool {
    let path = |word: &str| {
        let named = |at: usize| word[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
        let mut strokes = word.match_indices('/').filter(|&(at, _)| named(at));
        strokes.any(|(at, _)| word[at + 1..].contains('/'))
    };
    let mut words = text.split(|c: char| !c.is_ascii_graphic());
    ["://", "www.", "@"].iter().any(|sign| text.contains(sign)) || words.any(path)
}

/// Whether a zero width space stands at `at`, or only blanks between.
fn asked(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let through = |c: char| is_blank(c) || is_control(c);
    let trimmed = before.trim_end_matches(through);
    let lead = after.len() - after.trim_start_matches(through).len();
    text[trimmed.len()..at + lead].contains('\u{200B}')
}

/// Whether the text has letters and nothing Chinese: its quotes follow
/// Western rules.
fn western(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(east_asian)
}

/// Han, kana, bopomofo, hangul and the forms that go with them.
fn east_asian(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE10}'..='\u{FE1F}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FFEF}'
        | '\u{16FE0}'..='\u{1B2FF}'
        | '\u{1F200}'..='\u{1F2FF}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// What changes nothing: how many lines are said to have measures of their
/// own, and where a style is parted from one that is the same (L28).
fn same(job: &Job, lines: &[Line], constant_from: usize) {
    let measure = |line| job.measure(line);
    let ends = |lines: &[Line]| -> Vec<u32> { lines.iter().map(|line| line.text.end).collect() };
    let later = job.galley.break_lines(&measure, constant_from + 3);
    assert_eq!(ends(&later), ends(lines), "the number of measures matters");
    if job.odd_advances {
        return;
    }
    let style = &job.parts[0].1;
    // a longer run of — or … falls into other pairs where it is cut
    let whole_marks = job.parts.iter().all(|&(at, _)| {
        let after = job.text[at..].chars().next();
        let before = job.text[..at].chars().next_back();
        before != after || !after.is_some_and(|c| "—…⋯".contains(c))
    });
    let one_style = job.parts.iter().all(|(_, other)| other == style);
    let whole_marks = whole_marks && (!job.vertical() || between_chinese(job));
    if one_style && whole_marks && !job.text.contains(combines) {
        let direction = job.style.scheme.direction;
        let whole = line_job::run(&job.text, &[(0, style.clone())], direction);
        let galley = banxin::compose::Galley::new(&whole, &job.style);
        let whole = galley.break_lines(&measure, constant_from);
        assert_eq!(ends(&whole), ends(lines), "a border of styles matters");
    }
    let wide = job.galley.break_at(Length::MAX);
    if wide.len() == 1 && job.style.align == Align::Start {
        assert_eq!(job.galley.natural_width(), wide[0].width);
    }
}

/// Whether every style begins between two Chinese characters that are no ！？:
/// a border parts what stands together in a cell of a vertical line (V11).
fn between_chinese(job: &Job) -> bool {
    job.parts.iter().skip(1).all(|&(at, _)| {
        let (before, after) = job.text.split_at(at);
        let chinese = |c: char| east_asian(c) && !matches!(c, '！' | '？');
        let before = before.chars().next_back();
        before.is_none_or(chinese) && after.chars().next().is_none_or(chinese)
    })
}

fn combines(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}')
        || c >= '\u{E0000}'
}
