//! Why a line ends where it does, and what was cut, squeezed or opened in it:
//! the designer's question, answered with the rows of the rules.
//!
//! Nothing is guessed: the widths are those of the setting itself
//! ([`set::at_work`]), the prohibitions those of the galley's joints.

use std::fmt::Write;

use crate::base::clreq::{Class, Direction, Fit, LineEnd, Region};
use crate::base::diag::{Lang, Text, in_quotes};
use crate::base::geom::Length;
use crate::compose::spacing::{Break, Galley, Gap};

use super::break_points::Point;
use super::clause::{Clause, clause};
use super::cost::{self, Plan, Squeeze};
use super::measure::Ruler;
use super::set::{self, Work};
use crate::compose::sense::{IN_NAME, IN_WORD};

/// Longest text quoted, in characters.
const QUOTED: usize = 12;

/// The answer for one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// Why it ends here, with the row.
    end: Text,
    /// What was done to it, in the order of work (L20).
    changes: Vec<Change>,
}

/// One kind of change, with how often it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    act: Act,
    /// What it was done to: a mark, or what kind of gap.
    what: Text,
    /// The width it has now; of a gap in step 3, by how much it was opened.
    to: Length,
    row: &'static str,
    count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    /// Blanks of neighbours and line edges.
    Trim,
    Squeeze,
    Open,
    /// On the grid of characters.
    Pad,
}

impl Act {
    const ALL: [Self; 4] = [Self::Trim, Self::Squeeze, Self::Open, Self::Pad];

    fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Trim => ("去空", "trimmed"),
            Self::Squeeze => ("挤压", "squeezed"),
            Self::Open => ("拉开", "opened"),
            Self::Pad => ("补空", "padded"),
        }
    }
}

impl Why {
    /// The answer as one sentence, widths in parts of `em`.
    pub fn sentence(&self, em: Length, lang: Lang) -> String {
        let english = lang == Lang::En;
        let mut out = String::from(if english { "line end: " } else { "行末：" });
        out.push_str(self.end.get(lang));
        for act in Act::ALL {
            let mut changes = self.changes.iter().filter(|change| change.act == act);
            let Some(first) = changes.next() else {
                continue;
            };
            let (zh, en) = act.name();
            let _ = match lang {
                Lang::Zh => write!(out, "；{zh} "),
                Lang::En => write!(out, "; {en} "),
            };
            first.write(&mut out, em, lang);
            for change in changes {
                out.push_str(if english { ", " } else { "、" });
                change.write(&mut out, em, lang);
            }
        }
        out
    }
}

impl Change {
    fn write(&self, out: &mut String, em: Length, lang: Lang) {
        let value = (self.to.to_em(em) * 10_000.0).round() / 10_000.0 + 0.0;
        let (what, row) = (self.what.get(lang), self.row);
        let sign = if row == "L38·3" { "+" } else { "" };
        let _ = match lang {
            Lang::Zh => write!(out, "{what}{sign}{value}（{row}）"),
            Lang::En => write!(out, "{what} {sign}{value} ({row})"),
        };
        if self.count > 1 {
            let _ = write!(out, "×{}", self.count);
        }
    }
}

/// Why the line between two break points stands as it does.
pub(super) fn why(
    ruler: &Ruler<'_>,
    points: &[Point],
    (from, to): (usize, usize),
    measure: i64,
) -> Why {
    let (plan, work) = set::at_work(ruler, points[from].at, &points[to], measure);
    let asked = Asked {
        ruler,
        points,
        from,
        to,
        measure,
    };
    Why {
        end: asked.end(&plan),
        changes: changes(ruler, &plan, &work),
    }
}

/// The line that is asked about.
struct Asked<'a> {
    ruler: &'a Ruler<'a>,
    points: &'a [Point],
    from: usize,
    to: usize,
    measure: i64,
}

impl Asked<'_> {
    fn fits(&self, at: usize) -> bool {
        let from = self.points[self.from].at;
        self.ruler.measure(from, at.max(from + 1)).natural <= self.measure
    }

    fn end(&self, plan: &Plan) -> Text {
        let galley = self.ruler.galley;
        let end = &self.points[self.to];
        if end.end {
            return Text::new("段末（L40）", "end of the paragraph (L40)");
        }
        if end.forced {
            return Text::new("稿件在此换行（L18）", "the copy breaks the line here (L18)");
        }
        if end.emergency {
            return Text::new(
                "此处不可分，但比行宽还宽，强行折断（L45）",
                "a unit wider than the measure, broken by force (L45)",
            );
        }
        if end.hyphen.is_some() {
            return Text::new(
                "西文词按音节折断，加连字符（L16）",
                "a word parted at a syllable, with a hyphen (L16)",
            );
        }
        if end.word {
            return Text::new("西文词强行折断（L16）", "a word broken by force (L16)");
        }
        if end.relaxed {
            return Text::new(
                "连用标点过多，局部放宽行首禁则（L43）",
                "a long run of marks, parted rather than tear the line (L43)",
            );
        }
        if plan.hung {
            let mark = quoted(galley, plan.measured.last - 1, plan.measured.last);
            let mut text = Text::new(
                format!("{mark}悬挂于行外（L41）"),
                format!("{mark} hangs outside the measure (L41)"),
            );
            if galley.joints[end.at].rule == Break::Never {
                text.zh.push_str("，后面的标点可居行首（L49）");
                text.en
                    .push_str("; the mark behind it may start a line (L49)");
            }
            return text;
        }
        if galley.joints[end.at].rule == Break::Never {
            return Text::new(
                "纵横对齐时连用标点的第二个可居行首（L49）",
                "on the grid of characters the second of two marks may start a line (L49)",
            );
        }
        if plan.extra < 0 {
            return self.squeezed();
        }
        self.passed()
    }

    /// A line that takes more than its measure.
    fn squeezed(&self) -> Text {
        let galley = self.ruler.galley;
        let end = self.points[self.to].at;
        let mark = self.ruler.pulled(end);
        if mark < end && self.fits(mark) {
            let mark = quoted(galley, mark, end);
            return Text::new(
                format!("{mark}不得居行首（L03），挤入（L33）"),
                format!("{mark} may not start a line (L03), pushed in (L33)"),
            );
        }
        if self.points[self.from].at >= self.ruler.unit(end) {
            return Text::new(
                "整行不可分，只能挤压",
                "nothing in the line may part, so it is squeezed",
            );
        }
        if galley.scheme.fit == Fit::ShrinkFirst {
            return Text::new(
                "先挤后伸，多收一字（L29）",
                "squeezed to take one more (L29)",
            );
        }
        Text::new(
            "免邻行过松，挤压多收（L44）",
            "squeezed to spare a loose line beside it (L44)",
        )
    }

    /// A line that ends short of its measure, or just full: what comes next
    /// does not fit, may not be parted, or is better elsewhere.
    fn passed(&self) -> Text {
        let galley = self.ruler.galley;
        let from = self.points[self.from].at;
        let end = self.points[self.to].at;
        let ordinary = |point: &&Point| !point.emergency && !point.word && !point.relaxed;
        let Some(next) = self.points[self.to + 1..].iter().find(ordinary) else {
            return Text::new("排满", "the line is full");
        };
        if self.fits(next.at) {
            return self.ended_early(next);
        }
        let seen = |at: &usize| !galley.atoms[*at].class.invisible();
        let held = (end + 1..next.at).filter(seen).rfind(|&at| self.fits(at));
        if let Some(at) = held {
            let unit = quoted(galley, end, next.at);
            let Clause { row, zh, en } = clause(galley, at);
            return Text::new(
                format!("{zh}（{row}），{unit}推出（L34）"),
                format!("{en} ({row}), {unit} pushed out (L34)"),
            );
        }
        let squeeze = Squeeze::from(galley.scheme.fit);
        if cost::price(self.ruler, from, next, self.measure, squeeze).is_some() {
            return self.ended_early(next);
        }
        let full = || Text::new("排满", "the line is full");
        self.parted().unwrap_or_else(full)
    }

    /// Whether the last line would hold a lone character if this line went on
    /// to `next` and every line after it were filled (P10).
    fn filling_leaves_a_runt(&self, next: &Point) -> bool {
        let breaks = || self.points.iter().filter(|point| !point.emergency);
        let mut from = next;
        // a line takes one break at least
        for _ in 0..self.points.len() {
            if from.end || from.forced {
                return false;
            }
            let start = from.at;
            let fits = |to: &&Point| self.ruler.measure(start, to.at).natural <= self.measure;
            let longest = breaks().filter(|to| to.at > start).take_while(fits).last();
            let Some(to) = longest else {
                return false;
            };
            if to.end {
                return cost::runt(self.ruler, start, to);
            }
            from = to;
        }
        false
    }

    /// What a headline parts at the end of the line: a word, a name.
    fn parted(&self) -> Option<Text> {
        let turns = &self.ruler.galley.turns;
        match turns.get(self.points[self.to].at).copied()? {
            IN_WORD.. => Some(Text::new(
                "标题转行，词内断开，没有更好的地方（P16）",
                "a headline turns inside a word, for want of a better place (P16)",
            )),
            IN_NAME.. => Some(Text::new(
                "标题转行，名称断开，没有更好的地方（P16）",
                "a headline parts a name, for want of a better place (P16)",
            )),
            _ => None,
        }
    }

    /// A line that could have gone on to `next`.
    fn ended_early(&self, next: &Point) -> Text {
        let galley = self.ruler.galley;
        if !galley.turns.is_empty() {
            let sense = || Text::new("标题按意思转行（P16）", "a headline turns by sense (P16)");
            return self.parted().unwrap_or_else(sense);
        }
        if self.filling_leaves_a_runt(next) {
            return Text::new("免段末孤字（P10）", "to spare a lone last character (P10)");
        }
        Text::new(
            "还放得下，为全段匀称提前换行",
            "more would fit; ended early for the sake of the whole paragraph",
        )
    }
}

/// The text of atoms in quotes, shortened, without spaces at its edges.
fn quoted(galley: &Galley, from: usize, to: usize) -> String {
    let Some(atoms) = galley.atoms.get(from..to) else {
        return String::new();
    };
    let text: String = atoms
        .iter()
        .map(|atom| galley.text_of(&atom.text))
        .collect();
    let text = text.trim();
    let mut short: String = text.chars().take(QUOTED).collect();
    if short.len() < text.len() {
        short.pop();
        short.push('…');
    }
    in_quotes(&short)
}

/// Everything that is not as the galley has it by nature.
fn changes(ruler: &Ruler<'_>, plan: &Plan, work: &Work<'_>) -> Vec<Change> {
    let galley = ruler.galley;
    let (first, last) = (plan.measured.first, plan.measured.last);
    let mut changes: Vec<Change> = Vec::new();
    let mut add = |act: Act, what: Text, to: i64, row: &'static str| {
        let to = Length::units(to);
        // units that did not divide are no other width
        let same = |known: &&mut Change| {
            let near = (known.to - to).abs() <= Length::units(1);
            known.act == act && known.what == what && known.row == row && near
        };
        match changes.iter_mut().find(same) {
            Some(known) => known.count += 1,
            None => changes.push(Change {
                act,
                what,
                to,
                row,
                count: 1,
            }),
        }
    };
    for at in first..last {
        let index = at - first;
        let atom = &galley.atoms[at];
        let edge = ruler.edge(at, at == first, at + 1 == last);
        let name = |to: &str| Text::new(to, to);
        let mark = galley.text_of(&atom.text);
        let (gap, natural) = (work.gaps[index], galley.joints[at].natural);
        let opened = if index == 0 { gap } else { gap - natural };
        let gaps = |zh: &str, en: &str| Text::new(zh, en);
        match galley.joints[at].gap {
            _ if galley.grid.is_some() && gap != 0 => {
                add(Act::Pad, gaps("西文旁", "beside Western text"), gap, "L49");
            }
            Gap::HanWest if opened < 0 => {
                add(
                    Act::Squeeze,
                    gaps("中西间距", "Han–Western gap"),
                    gap,
                    "L35·6",
                );
            }
            Gap::HanWest if opened > 0 => {
                add(Act::Open, gaps("中西间距", "Han–Western gap"), gap, "L38·2");
            }
            Gap::Open if opened > 0 => {
                add(Act::Open, gaps("字距", "gap"), opened, "L38·3");
            }
            Gap::Closed if opened > 0 => {
                add(
                    Act::Open,
                    gaps("连接号旁", "beside a connector"),
                    opened,
                    "L39",
                );
            }
            _ => {}
        }
        let width = atom.width - work.cuts[index] + work.spaces[index];
        if work.spaces[index] < 0 {
            add(Act::Squeeze, gaps("词距", "word space"), width, "L35·2");
        } else if work.spaces[index] > 0 {
            add(Act::Open, gaps("词距", "word space"), width, "L38·1");
        }
        if work.cuts[index] > edge.cut {
            add(Act::Squeeze, name(mark), width, squeeze_row(edge.step));
        } else if edge.cut > 0 {
            let row = trim_row(galley, at, (at == first, at + 1 == last));
            add(Act::Trim, name(mark), width, row);
        }
    }
    changes
}

fn squeeze_row(step: u8) -> &'static str {
    match step {
        1 => "L35·1",
        3 => "L35·3",
        4 => "L35·4",
        5 => "L35·5",
        _ => "L35·7",
    }
}

/// The row by which ！？ or a ready-made pair of them have no blank to give in
/// horizontal lines: outside the mainland all stand in the middle of their em,
/// in it ‼ alone fills its own.
fn excl_row(region: Region) -> &'static str {
    match region {
        Region::Cn => "T17",
        Region::Tw | Region::Hk => "L48",
    }
}

/// The row that cuts a mark's blank where it stands.
fn trim_row(galley: &Galley, at: usize, (starts, ends): (bool, bool)) -> &'static str {
    let class = galley.atoms[at].class;
    if starts && class == Class::Open {
        return "L31";
    }
    if ends && class.closes() && galley.scheme.line_end == LineEnd::Half {
        return "L30";
    }
    let seen = |at: &usize| !galley.atoms[*at].swallowed;
    let before = (0..at).rev().find(seen).map(|at| galley.atoms[at].class);
    let after = (at + 1..galley.atoms.len()).find(seen);
    let after = after.map(|at| galley.atoms[at].class);
    match (class, before, after) {
        (Class::Excl, Some(Class::Excl), _) | (Class::Excl, _, Some(Class::Excl)) => "T17",
        // the first of the pair had no blank to give
        (Class::Open, Some(before), _) if before.closes() && galley.scheme.tight => "L27",
        (Class::Open, Some(Class::Excl), _) if galley.scheme.direction == Direction::Horizontal => {
            excl_row(galley.scheme.region)
        }
        (Class::Open, Some(before), _) if before.closes() => "V03",
        (Class::Open, _, _) | (Class::Close, _, Some(Class::Close)) => "L24",
        (_, _, Some(Class::Open)) => "L23",
        _ => "L22",
    }
}
