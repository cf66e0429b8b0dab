//! From a run to a galley: what each character takes, what may give way, and
//! where a line may break.
//!
//! Glyphs are never edited. Space is kept beside them: an `Atom` has a
//! frame and the blank in it that may be cut, a `Joint` is what lies
//! between two atoms.

mod annotation;
mod even;
mod grid;
mod hyphen;
mod quantity;
mod reading;
mod straight;
mod unit;
mod western;

use std::ops::Range;
use std::sync::Arc;

use crate::base::clreq::{
    Blank, Class, Cut, Direction, Em, Frame, Level, Scheme, Verdict, frame_of, pair_break, pair_cut,
};
use crate::base::geom::Length;
use crate::compose::run::{Cluster, Pose, Run};
use crate::compose::sense;
use crate::story::{Align, ParaStyle, TextStyle, Turn};

pub(crate) use grid::{Grid, padding};
use unit::{Side, Space, Tie, Unit};
use western::Fallback;

/// A paragraph ready to be broken into lines, as often and at as many
/// measures as needed.
#[derive(Clone, Debug)]
pub struct Galley {
    pub(crate) text: Arc<str>,
    pub(crate) atoms: Vec<Atom>,
    /// `joints[k]` lies before atom `k`; the first is never asked for.
    pub(crate) joints: Vec<Joint>,
    pub(crate) scheme: Arc<Scheme>,
    pub(crate) align: Align,
    /// What a turn in front of each atom costs the sense; empty where lines
    /// are filled ([`Turn::Fill`]).
    pub(crate) turns: Vec<u16>,
    /// Width of the hyphen of each style of the run (L16).
    pub(crate) hyphens: Vec<i64>,
    /// What is padded to the grid of characters; `None` where lines are
    /// justified (L49).
    pub(crate) grid: Option<Grid>,
    pub(crate) indent: Length,
    pub(crate) start: Length,
    pub(crate) end: Length,
    pub(crate) em: Length,
}

/// Where an atom's ink stands in its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Where the font puts it.
    Font,
    /// The advance is centred in the frame (Han, half-em digits).
    Advance,
    /// The ink is centred in the frame (— ～ · – /).
    Ink,
    /// The blank is in front of the ink.
    BlankBefore,
    /// The blank is behind the ink.
    BlankBehind,
    /// Half of the blank on either side.
    BlankAround,
}

/// One unit of setting: a cluster, or a whole —— or …… .
#[derive(Clone, Debug)]
pub(crate) struct Atom {
    pub(crate) clusters: Range<u32>,
    pub(crate) text: Range<u32>,
    pub(crate) class: Class,
    /// A space that line edges swallow, or a control.
    pub(crate) swallowed: bool,
    /// Width of the frame with all of its blank.
    pub(crate) width: i64,
    /// Blank that may be cut.
    pub(crate) blank: i64,
    /// Blank that an adjacent mark has cut already.
    pub(crate) cut: i64,
    /// The mark that cut it is the following one.
    pub(crate) cut_by_next: bool,
    /// Step of the squeeze order in which the blank gives way; 0: never.
    pub(crate) step: u8,
    /// What a word space takes on (L38 step 1).
    pub(crate) stretch: i64,
    /// What a word space gives (L35 step 2).
    pub(crate) shrink: i64,
    pub(crate) place: Place,
    /// The fonts' own advance of its clusters.
    pub(crate) drawn: i64,
    /// Ink from the atom's origin; equal for a blank.
    pub(crate) ink: (i64, i64),
    /// The atom's own em (L28).
    pub(crate) em: i64,
}

/// Whether a line may break at a joint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Break {
    Never,
    Allowed,
    /// Only where the line finds no other way: inside a phone number.
    Dear,
    /// Inside a Western word, where the scheme allows it as a last resort.
    Word,
    /// Between two syllables, with the hyphen of this style (L16).
    Hyphen(u16),
    Forced,
}

/// What kind of gap a joint is when the line is stretched or squeezed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Never opens.
    Closed,
    /// 字间: opens in step 3 of stretching.
    Open,
    /// 中西间距.
    HanWest,
}

/// What lies between two atoms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Joint {
    pub(crate) rule: Break,
    pub(crate) gap: Gap,
    pub(crate) natural: i64,
    pub(crate) stretch: i64,
    pub(crate) shrink: i64,
}

impl Galley {
    /// Spaces a run by the scheme of its paragraph's style.
    ///
    /// Any run gives a galley; clusters that point outside the run's text or
    /// styles are taken as blanks.
    pub fn new(run: &Run, style: &ParaStyle) -> Self {
        let scheme = &*style.scheme;
        let glue = scheme.glue_units.unwrap_or(style.turn == Turn::Sense);
        let units = unit::gather(run, glue);
        let mut atoms: Vec<Atom> = units.iter().map(|unit| atom(run, unit, style)).collect();
        let on_grid =
            scheme.grid_align && style.align == Align::Justify && style.turn == Turn::Fill;
        if !on_grid {
            cut_marks(&mut atoms, scheme.tight);
        }
        let mut joints = joints(run, &units, &atoms, style);
        if scheme.hyphenate && style.turn == Turn::Fill {
            hyphenate(run, &units, &mut joints);
        }
        even::set(&mut atoms, &mut joints, &style.casts);
        for atom in &mut atoms {
            atom.step = step(atom, scheme);
        }
        let em = style.size.max(Length::units(1));
        let grid = on_grid.then(|| Grid::lay(&mut atoms, &mut joints, em.raw()));
        let turns = match style.turn {
            Turn::Fill => Vec::new(),
            Turn::Sense => sense::turns(&run.text, &atoms),
        };
        Self {
            text: run.text.clone(),
            atoms,
            turns,
            joints,
            scheme: style.scheme.clone(),
            align: style.align,
            indent: style.indent,
            start: style.start,
            end: style.end,
            hyphens: widths_of_hyphens(run),
            grid,
            em,
        }
    }

    /// Byte offsets at which a line may break by the rules alone, in order;
    /// the end of the text is always the last one (L46).
    pub fn breaks(&self) -> Vec<u32> {
        let inner = self.joints.iter().zip(&self.atoms).skip(1);
        let mut breaks: Vec<u32> = inner
            .filter(|(joint, _)| matches!(joint.rule, Break::Allowed | Break::Dear | Break::Forced))
            .map(|(_, atom)| atom.text.start)
            .collect();
        breaks.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        breaks
    }

    /// Width of the whole paragraph on one line without any indent, edge
    /// trims included: what a heading needs.
    pub fn natural_width(&self) -> Length {
        crate::compose::line::natural_width(self)
    }

    /// Number of characters of the text that are neither spaces nor controls:
    /// what an editor counts (E03).
    pub fn characters(&self) -> usize {
        let seen = self.atoms.iter().filter(|atom| !atom.swallowed);
        seen.map(|atom| self.text_of(&atom.text).chars().count())
            .sum()
    }

    pub(crate) fn text_of(&self, range: &Range<u32>) -> &str {
        self.text
            .get(range.start as usize..range.end as usize)
            .unwrap_or("")
    }
}

/// Lets words break at their syllables, where their style has a hyphen.
fn hyphenate(run: &Run, units: &[Unit], joints: &mut [Joint]) {
    for at in hyphen::points(&run.text, units) {
        let cluster = run.clusters.get(units[at - 1].clusters.start as usize);
        let Some(style) = cluster.map(|cluster| cluster.style) else {
            continue;
        };
        let has = matches!(run.hyphens.get(usize::from(style)), Some(Some(_)));
        // a superscript is no part of the word (L17)
        let held = units[at - 1].tie == unit::Tie::Fast;
        if has && !held && matches!(joints[at].rule, Break::Never | Break::Word) {
            joints[at].rule = Break::Hyphen(style);
        }
    }
}

fn widths_of_hyphens(run: &Run) -> Vec<i64> {
    let width = |hyphen: &Option<Cluster>| hyphen.as_ref().map_or(0, |one| one.advance.raw());
    run.hyphens.iter().map(width).collect()
}

fn style_of<'a>(run: &'a Run, unit: &Unit) -> Option<&'a TextStyle> {
    let cluster = run.clusters.get(unit.clusters.start as usize)?;
    run.styles
        .get(usize::from(cluster.style))
        .map(|style| &**style)
}

/// The em of a style along the line. Characters of vertical lines are never
/// condensed (N25): they would be narrow across, not along.
fn em_along(style: &TextStyle, direction: Direction) -> Length {
    match direction {
        Direction::Horizontal => style.em(),
        Direction::Vertical => style.size,
    }
}

/// Gives a unit its frame.
fn atom(run: &Run, unit: &Unit, style: &ParaStyle) -> Atom {
    let scheme = &*style.scheme;
    let text_style = style_of(run, unit);
    let em = text_style.map_or(style.size, |text| em_along(text, scheme.direction));
    let clusters = unit.clusters.start as usize..unit.clusters.end as usize;
    let clusters = run.clusters.get(clusters).unwrap_or(&[]);
    let drawn: i64 = clusters.iter().map(|cluster| cluster.advance.raw()).sum();
    let mut atom = Atom {
        clusters: unit.clusters.clone(),
        text: unit.text.clone(),
        class: unit.class,
        swallowed: unit.blank() || unit.class.invisible(),
        width: drawn.max(0),
        blank: 0,
        cut: 0,
        cut_by_next: false,
        step: 0,
        stretch: 0,
        shrink: 0,
        place: Place::Font,
        drawn,
        ink: ink(clusters),
        em: em.raw(),
    };
    match unit.space {
        Space::Replaced => atom.width = 0,
        Space::Group => atom.width = Em::QUARTER.of(em).raw(),
        Space::Word => {
            atom.stretch = (scheme.space_max.of(em).raw() - atom.width).max(0);
            atom.shrink = (atom.width - scheme.space_min.of(em).raw()).max(0);
        }
        Space::No | Space::Fixed => {}
    }
    if unit.class.invisible() {
        atom.width = 0;
    }
    if stands_in_a_cell(unit, scheme) {
        // V11: letters and figures one a cell, or side by side in one
        atom.width = em.raw();
        atom.place = Place::Advance;
        return atom;
    }
    if unit.own_width {
        return atom;
    }
    if unit.class == Class::Num
        && unit.first.is_ascii_digit()
        && text_style.is_some_and(|style| style.half_em_digits)
    {
        // T31
        atom.width = Em::HALF.of(em).raw();
        atom.place = Place::Advance;
    } else if let Some(frame) = frame_of(
        unit.class,
        unit.first,
        unit.count,
        scheme.region,
        scheme.direction,
    ) {
        atom.width = frame.width.of(em).raw();
        atom.blank = frame.before.of(em).raw() + frame.after.of(em).raw();
        atom.place = place(unit, frame);
        if atom.blank > 0 && scheme.blank_of(unit.class) == Blank::Gone {
            // L42: the frame is narrower, and the ink stands in what is left
            atom.width -= atom.blank;
            atom.blank = 0;
        }
    }
    atom
}

/// Whether a Western unit stands upright in a vertical line (V11): set like
/// Han, in a cell of one em.
fn stands_in_a_cell(unit: &Unit, scheme: &Scheme) -> bool {
    scheme.direction == Direction::Vertical
        && unit.pose != Pose::Turned
        && matches!(unit.class, Class::West | Class::Num)
}

fn place(unit: &Unit, frame: Frame) -> Place {
    match (frame.before > Em::ZERO, frame.after > Em::ZERO) {
        (true, true) => Place::BlankAround,
        (true, false) => Place::BlankBefore,
        (false, true) => Place::BlankBehind,
        // ！？ in the middle of their frame, as outside the mainland (T07)
        (false, false) if matches!(unit.first, '！' | '？') => Place::Ink,
        (false, false) if matches!(unit.class, Class::Han | Class::Wide | Class::Excl) => {
            Place::Advance
        }
        (false, false) => Place::Ink,
    }
}

fn ink(clusters: &[crate::compose::run::Cluster]) -> (i64, i64) {
    let mut pen = 0;
    let mut edges: Option<(i64, i64)> = None;
    for cluster in clusters {
        let (left, right) = (cluster.ink.0.raw(), cluster.ink.1.raw());
        if left < right {
            let (from, to) = (pen + left, pen + right);
            edges = Some(edges.map_or((from, to), |(a, b)| (a.min(from), b.max(to))));
        }
        pen += cluster.advance.raw();
    }
    edges.unwrap_or((0, 0))
}

/// The step of L35 in which an atom's blank gives way.
fn step(atom: &Atom, scheme: &Scheme) -> u8 {
    match atom.class {
        _ if atom.blank == 0 || scheme.blank_of(atom.class) != Blank::Gives => 0,
        Class::Mid => 3,
        Class::Open | Class::Close => 4,
        // the colon is missing from the published order (contested C5)
        Class::Comma | Class::Colon => 5,
        Class::Stop | Class::Excl if scheme.keep_sentence_final => 0,
        Class::Stop | Class::Excl => 7,
        _ => 0,
    }
}

/// Adjacent marks: chains of ！？ (T17), then pair by pair (L21–L25). It
/// ignores the borders of styles (L28), controls and replaced spaces (T29),
/// and no blank is cut twice. Where the first of a pair has none, the blank of
/// an opening mark behind it goes (V03); by the `tight` style it goes besides
/// (L27). A pair of which one is half an em by its style is close enough.
fn cut_marks(atoms: &mut [Atom], tight: bool) {
    let seen: Vec<usize> = (0..atoms.len())
        .filter(|&index| !(atoms[index].swallowed && atoms[index].width == 0))
        .collect();
    let mut at = 0;
    while at < seen.len() {
        let chain = seen[at..]
            .iter()
            .take_while(|&&index| atoms[index].class == Class::Excl);
        let length = chain.count();
        // two marks share one em, three take two: the last keeps its blank,
        // and so does one beside a ready-made pair, which fills its em
        let ready = seen[at..at + length]
            .iter()
            .any(|&index| atoms[index].blank == 0);
        let cut = match length {
            2 if ready => 0,
            2 => 2,
            _ => length.saturating_sub(1),
        };
        for &index in &seen[at..at + cut] {
            atoms[index].cut = atoms[index].blank;
        }
        at += length.max(1);
    }
    let full = |atom: &Atom| atom.width >= atom.em;
    for pair in seen.windows(2) {
        let &[first, second] = pair else { continue };
        if !full(&atoms[first]) || !full(&atoms[second]) {
            continue;
        }
        match pair_cut(atoms[first].class, atoms[second].class) {
            Cut::First => {
                let opens = atoms[second].class == Class::Open;
                if atoms[first].cut == 0 {
                    atoms[first].cut = atoms[first].blank;
                    atoms[first].cut_by_next = atoms[first].blank > 0;
                }
                if opens && (tight || atoms[first].blank == 0) {
                    atoms[second].cut = atoms[second].blank;
                }
            }
            Cut::Second if atoms[second].cut == 0 => atoms[second].cut = atoms[second].blank,
            _ => {}
        }
    }
}

/// Breaks and gaps between the atoms.
fn joints(run: &Run, units: &[Unit], atoms: &[Atom], style: &ParaStyle) -> Vec<Joint> {
    let scheme = &*style.scheme;
    let mut fallback = None;
    let closed = Joint {
        rule: Break::Never,
        gap: Gap::Closed,
        natural: 0,
        stretch: 0,
        shrink: 0,
    };
    let mut joints = vec![closed; units.len()];
    // the last unit that is not looked through, for gaps and for spaces
    let mut inked: Option<usize> = None;
    let mut solid: Option<usize> = None;
    let mut bound = false;
    for at in 0..units.len() {
        let unit = &units[at];
        if at > 0 {
            joints[at].rule = rule(
                scheme,
                units,
                at,
                solid.map(|index| &units[index]),
                bound,
                || fallback.get_or_insert_with(|| Fallback::new(&run.text)),
            );
            // P20
            let text = || run.text.get(unit.text.start as usize..).unwrap_or("");
            if matches!(unit.first, '（' | '(')
                && units[at - 1].class == Class::Han
                && reading::opens_reading(text())
            {
                joints[at].rule = Break::Never;
            }
            if reading::is_syllable(units[at - 1].first, unit.first) {
                joints[at].rule = Break::Never;
            }
        }
        let looked_through = unit.class.invisible() || unit.space == Space::Replaced;
        if !looked_through {
            if let Some(before) = inked {
                space_joint(
                    &mut joints[at],
                    run,
                    (&units[before], unit),
                    &atoms[before],
                    style,
                );
            }
            inked = (unit.class != Class::Feed).then_some(at);
        }
        if unit.class == Class::Feed {
            inked = None;
            solid = None;
        }
        if unit.blank() {
            bound |= unit.binds();
        } else if unit.class == Class::Glue {
            bound = true;
        } else {
            bound = false;
            if !unit.class.invisible() {
                solid = Some(at);
            }
        }
    }
    joints
}

/// Whether a line may break before unit `at`. `solid` is the last unit before
/// it that is neither a space nor a control, `bound` whether a no-break space
/// or a word joiner lies between the two.
fn rule<'a>(
    scheme: &Scheme,
    units: &[Unit],
    at: usize,
    solid: Option<&Unit>,
    bound: bool,
    fallback: impl FnOnce() -> &'a mut Fallback,
) -> Break {
    let (before, after) = (&units[at - 1], &units[at]);
    let level = scheme.level;
    match (before.class, after.class) {
        (Class::Feed, _) => return Break::Forced,
        (_, Class::Feed | Class::Zero | Class::Glue) | (Class::Glue, _) => return Break::Never,
        // the author's word stands above the table (L18)
        (Class::Zero, _) => {
            return if after.blank() {
                Break::Never
            } else {
                Break::Allowed
            };
        }
        _ => {}
    }
    if after.blank() {
        return Break::Never;
    }
    if before.blank() {
        let held = bound
            || before.tie == Tie::Fast
            || level.forbids_start(after.class)
            || solid.is_none_or(|unit| level.forbids_end(unit.class));
        return if held { Break::Never } else { Break::Allowed };
    }
    if before.breaks_after && !level.forbids_start(after.class) {
        return Break::Allowed;
    }
    if before.tie == Tie::Fast {
        return Break::Never;
    }
    let verdict = match pair_break(level, before.class, after.class) {
        Verdict::Ask => ask(level, before, after, fallback),
        verdict => verdict,
    };
    let word = |unit: &Unit| matches!(unit.class, Class::West) && !unit.address;
    match verdict {
        Verdict::Allowed if before.tie == Tie::Close => Break::Dear,
        Verdict::Allowed => Break::Allowed,
        _ if scheme.force_words && word(before) && word(after) => Break::Word,
        _ => Break::Never,
    }
}

/// A pair of which one is in no Chinese class.
fn ask<'a>(
    level: Level,
    before: &Unit,
    after: &Unit,
    fallback: impl FnOnce() -> &'a mut Fallback,
) -> Verdict {
    let both_western = before.class.western() && after.class.western();
    // a straight quote is no more than a mark that opens or closes: Unicode would
    // let no line break on either side of it
    let quoted = before.quotes.is_some() || after.quotes.is_some();
    let allowed = if both_western && !quoted {
        fallback().allows(after.text.start)
    } else {
        let closes = match after.quotes {
            Some(side) => side != Side::Opens,
            None => after.class == Class::Other && western::is_closer(after.first),
        };
        let opens = match before.quotes {
            Some(side) => side != Side::Closes,
            None => before.class == Class::Other && western::is_opener(before.first),
        };
        level == Level::None || !(closes || opens)
    };
    if allowed {
        Verdict::Allowed
    } else {
        Verdict::Never
    }
}

/// The gap between two units that the eye sees as neighbours.
fn space_joint(
    joint: &mut Joint,
    run: &Run,
    (before, after): (&Unit, &Unit),
    atom: &Atom,
    style: &ParaStyle,
) {
    let scheme = &*style.scheme;
    let size = |unit: &Unit| {
        style_of(run, unit).map_or(style.size, |text| em_along(text, scheme.direction))
    };
    joint.gap = gap(before, after, scheme);
    if joint.gap == Gap::HanWest {
        let (han, west) = if before.class == Class::Han {
            (before, after)
        } else {
            (after, before)
        };
        let letters = west.class == Class::West || west.of_word;
        let range = if letters {
            scheme.gap_letters
        } else {
            scheme.gap_digits
        };
        let em = size(han);
        joint.natural = range.natural.of(em).raw();
        if !scheme.gaps_fixed {
            joint.stretch = (range.max.of(em).raw() - joint.natural).max(0);
            joint.shrink = (joint.natural - range.min.of(em).raw()).max(0);
        }
    }
    // tracking belongs between characters: it vanishes at a line's edge
    let tracking = style_of(run, before).map_or(0, |style| style.tracking.raw());
    // Letters and figures are as narrow as they may be: what is set tight are
    // the frames of Han, or the point of 12.5 would go under (N25, T31).
    let narrow =
        |unit: &Unit| unit.of_word || matches!(unit.class, Class::West | Class::Num | Class::Other);
    let tracking = match narrow(before) && narrow(after) {
        true => tracking.max(0),
        false => tracking,
    };
    joint.natural += tracking.max(-(atom.width - atom.cut) / 2);
}

fn gap(before: &Unit, after: &Unit, scheme: &Scheme) -> Gap {
    use Class::{Conn, Dash, Ellip, Excl, Han, Mid, Note, Sol, Space, West, Wide};
    let meets_han = |unit: &Unit| meets_han(unit) && !stands_in_a_cell(unit, scheme);
    match (before.class, after.class) {
        (_, Space | Wide) => Gap::Closed,
        (Space, _) => {
            if before.space == unit::Space::Fixed {
                Gap::Open
            } else {
                Gap::Closed
            }
        }
        // L39
        (Dash, Dash) | (Ellip, Ellip) | (Excl, Excl) => Gap::Closed,
        (Conn | Sol, _) | (_, Conn | Sol | Note) => Gap::Closed,
        // kW·h is one
        (West, Mid) if after.tie == Tie::Fast => Gap::Closed,
        (Mid, West) if before.tie == Tie::Fast => Gap::Closed,
        (Han, _) if meets_han(after) => Gap::HanWest,
        (_, Han) if meets_han(before) => Gap::HanWest,
        (a, b) if a.western() && b.western() => Gap::Closed,
        _ => Gap::Open,
    }
}

/// Whether a Western unit keeps the Han–Western gap from Han: letters,
/// digits, and the narrow signs of either (`50%`, `C++`), but not the
/// full-width ones (％ ￥ ℃), which are drawn in a frame like Han.
fn meets_han(unit: &Unit) -> bool {
    match unit.class {
        Class::West | Class::Num => true,
        Class::Pre | Class::Post => {
            !matches!(unit.first, '￥' | '＄' | '－' | '％' | '№' | '℃' | '℉')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::ink;
    use crate::base::geom::Length;
    use crate::compose::ideal;

    #[test]
    fn t08_the_ink_of_two_strokes_goes_from_the_first_to_the_second() {
        let em = Length::pt(12);
        let mut run = ideal::run("甲乙", ideal::style(em));
        run.clusters[0].ink = (em / 10, em * 9 / 10);
        run.clusters[1].ink = (em / 5, em * 7 / 10);
        assert_eq!(ink(&run.clusters), ((em / 10).raw(), (em * 17 / 10).raw()));
        // a blank has no edges of its own, and takes its room
        run.clusters[0].ink = (Length::ZERO, Length::ZERO);
        assert_eq!(
            ink(&run.clusters),
            ((em * 6 / 5).raw(), (em * 17 / 10).raw())
        );
    }
}
