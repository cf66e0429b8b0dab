//! Styles: what a role's keys mean, layer over layer.

use super::Numbering;
use super::boxes;
use super::limits::limits;
use super::text::{GenresText, NameWidth, StyleText};
use super::tracking::tracking;
use crate::base::diag::Diagnostic;
use crate::base::geom::{Length, size_below};
use crate::desk::border::{Border, BorderText};
use crate::desk::form::{Fault, Leaf, Notes, OneOf, Quantity, Unit, Units};
use crate::desk::plan::Limits;
use crate::page::Grid;
use crate::story::{Align, Ink, Role};

/// Smallest and largest type size of a layout.
pub(super) const SIZES: (Length, Length) = (Length::pt(4), Length::pt(500));
/// Longest white or shift of a style.
const WHITE: Length = Length::pt(2000);

/// How a role is set, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// The role.
    pub role: Role,
    /// Index into [`Layout::faces`](super::Layout::faces).
    pub face: usize,
    /// Type size.
    pub size: Length,
    /// Tracking.
    pub tracking: Length,
    /// Ink.
    pub ink: Ink,
    /// Alignment.
    pub align: Align,
    /// First-line indent (P01).
    pub indent: Length,
    /// Indent of every line at the start.
    pub start: Length,
    /// Indent of every line at the end.
    pub end: Length,
    /// Distance between baselines off the grid.
    pub pitch: Length,
    /// 占行 (P13): grid lines of the first and of each further line; `None`
    /// sets one line a grid line.
    pub block: Option<(u16, u16)>,
    /// Grid lines of white the block may add in an underset slot (E04).
    pub stretch: u16,
    /// Following lines that stay with it.
    pub keep_next: u16,
    /// Hanging indent of its labels; as wide as they are where left out (P03).
    pub hang: Option<Length>,
    /// Width that names are spread to (T37).
    pub spread: Length,
    /// Blank between columns of names.
    pub gap: Length,
    /// Grid lines of white before and after a stretch of it (P04).
    pub white: (u16, u16),
    /// Forms of numbers by level; empty for those of the copy (P31).
    pub numbering: Vec<Numbering>,
    /// White above a headline part.
    pub above: Length,
    /// White below it.
    pub below: Length,
    /// Tint behind it.
    pub tint: Option<Ink>,
    /// A rule around it, as a headline part.
    pub frame: Border,
    /// Rules above and below it, as a headline part.
    pub rule: Border,
    /// How far it may be altered to fit its width (N25).
    pub limits: Limits,
    /// Whether two digits take one em (T31).
    pub half_em_digits: bool,
    /// Whether names of two characters are as wide as those of three (N37).
    pub even_names: bool,
    /// The two marks it stands in, as a column label (N43).
    pub brackets: Option<(char, char)>,
    /// Lines that the first character of the text is deep (P27); 0 where it
    /// is as large as the others.
    pub drop_cap: u16,
}

/// What every style of a layout is read against.
pub(super) struct Sheet<'a> {
    pub(super) sizes: &'a [(String, Length)],
    pub(super) faces: &'a [&'a str],
    pub(super) grid: Grid,
    /// The layout's body style, the last layer of face, ink and digits.
    pub(super) body: &'a StyleText,
    /// What kinds of stories have in their own style (N26).
    pub(super) genres: &'a GenresText,
    /// Body indent where no style says one.
    pub(super) indent: Option<Quantity>,
}

/// The strongest layer's say on a key.
pub(super) fn top<'a, T>(
    layers: &[&'a StyleText],
    key: impl Fn(&'a StyleText) -> &'a Leaf<T>,
) -> Option<&'a Leaf<T>> {
    layers
        .iter()
        .map(|layer| key(layer))
        .find(|leaf| !leaf.is_missing())
}

/// The style of `role` from its layers, the strongest first.
pub(super) fn style(
    role: Role,
    layers: &[&StyleText],
    sheet: &Sheet<'_>,
    notes: &mut Notes,
) -> Style {
    let grid = &sheet.grid;
    let with_body: Vec<&StyleText> = layers.iter().copied().chain([sheet.body]).collect();
    let size_units = Units {
        sizes: sheet.sizes,
        em: grid.size,
        line: grid.pitch,
        bare: None,
    };
    let size = top(layers, |s| &s.size)
        .and_then(|leaf| notes.length(leaf, "size", SIZES.0..=SIZES.1, &size_units))
        .unwrap_or_else(|| usual_size(role, grid));
    let em = Units {
        em: size,
        bare: Some(&Unit::Em),
        ..size_units
    };
    let lines = Units {
        em: size,
        bare: Some(&Unit::Line),
        ..size_units
    };

    let face = face(&with_body, sheet, notes);
    let mut ems = |leaf: Option<&Leaf<Quantity>>, key, low: Length| {
        leaf.and_then(|leaf| notes.length(leaf, key, low..=WHITE, &em))
            .unwrap_or(Length::ZERO)
    };
    let mut start = ems(top(layers, |s| &s.start), "start", Length::ZERO);
    let mut end = ems(top(layers, |s| &s.end), "end", Length::ZERO);
    let indent = match top(layers, |s| &s.indent) {
        Some(leaf) => ems(Some(leaf), "indent", -start),
        None if role == Role::Body => match &sheet.indent {
            Some(quantity) => size.scale(quantity.value.num, quantity.value.den),
            None => size * 2,
        },
        None if matches!(role, Role::Quote | Role::Note) => size * 2,
        None => Length::ZERO,
    };
    let border = |leaf: Option<&Leaf<BorderText>>, key, notes: &mut Notes| {
        leaf.map_or(Border::NONE, |leaf| boxes::rule(leaf, key, grid, notes))
    };
    let frame = border(top(layers, |s| &s.frame), "frame", notes);
    let rule = border(top(layers, |s| &s.rule), "rule", notes);
    if frame.is_some() {
        // N40: text stands clear of the rule around it
        (start, end) = (start.max(size), end.max(size));
    }
    let tracking = tracking(role, layers, size, &em, notes);
    let asked = |key, leaf: Option<&Leaf<Quantity>>, low: Length, notes: &mut Notes| {
        leaf.and_then(|leaf| notes.length(leaf, key, low..=size * 20, &em))
    };
    let hang = asked("hang", top(layers, |s| &s.hang), size, notes);
    let spread = asked("spread", top(layers, |s| &s.spread), size, notes);
    let gap = asked("gap", top(layers, |s| &s.gap), size.half(), notes);
    let mut lines_of = |key, leaf: Option<&Leaf<i64>>| {
        leaf.and_then(|leaf| notes.count(leaf, key, 0..=50))
            .unwrap_or(0)
    };
    let white = (
        lines_of("before", top(layers, |s| &s.before)),
        lines_of("after", top(layers, |s| &s.after)),
    );
    let numbering = top(layers, |s| &s.numbering).and_then(|leaf| notes.take(leaf));
    let numbering = numbering.unwrap_or_default();
    let mut whites = |leaf: Option<&Leaf<Quantity>>, key| {
        leaf.and_then(|leaf| notes.length(leaf, key, Length::ZERO..=WHITE, &lines))
            .unwrap_or(Length::ZERO)
    };
    let above = whites(top(layers, |s| &s.above), "above");
    let below = whites(top(layers, |s| &s.below), "below");
    let first = top(layers, |s| &s.first).and_then(|leaf| notes.count(leaf, "first", 1..=50));
    let next = top(layers, |s| &s.next).and_then(|leaf| notes.count(leaf, "next", 1..=50));
    let block = match (first, next, role) {
        (None, None, Role::Subhead) => Some((2, 1)),
        (None, None, _) => None,
        (first, next, _) => Some((first.unwrap_or(1), next.unwrap_or(1))),
    };
    let stretch = top(layers, |s| &s.stretch)
        .and_then(|leaf| notes.count(leaf, "stretch", 0..=50))
        .unwrap_or(0);
    let keep_next = top(layers, |s| &s.keep_next)
        .and_then(|leaf| notes.count(leaf, "keep_next", 0..=50))
        .unwrap_or(if role == Role::Subhead { 2 } else { 0 });
    Style {
        role,
        face,
        size,
        tracking,
        ink: top(&with_body, |s| &s.ink)
            .and_then(|leaf| notes.take(leaf))
            .map_or(Ink::BLACK, |ink| ink.0),
        align: top(layers, |s| &s.align)
            .and_then(|leaf| notes.take(leaf))
            .map_or_else(|| usual_align(role), |align| align.0),
        indent,
        start,
        end,
        pitch: pitch(role, layers, size, grid, &em, notes),
        block,
        stretch,
        keep_next,
        hang,
        spread: spread.unwrap_or(size * 3),
        // wider than the gap inside a spread name, or names would run together
        gap: gap.unwrap_or(size * 2),
        white,
        numbering: numbering.into_iter().map(|at| at.value.0).collect(),
        above,
        below,
        tint: top(layers, |s| &s.tint)
            .and_then(|leaf| notes.take(leaf))
            .map(|ink| ink.0),
        frame,
        rule,
        limits: limits(role, layers, (size, tracking), &size_units, notes),
        half_em_digits: top(&with_body, |s| &s.half_em_digits)
            .and_then(|leaf| notes.take(leaf))
            .unwrap_or(true),
        even_names: even_names(role, layers, notes),
        brackets: brackets(role, layers, notes),
        drop_cap: drop_cap(role, layers, notes),
    }
}

/// N43: two marks, of a column label alone.
fn brackets(role: Role, layers: &[&StyleText], notes: &mut Notes) -> Option<(char, char)> {
    let leaf = top(layers, |s| &s.brackets)?;
    let marks = notes.take(leaf)?;
    let mut chars = marks.chars();
    let pair = (chars.next(), chars.next(), chars.next());
    let (zh, en) = match (role, pair) {
        (Role::Label, (Some(open), Some(close), None)) => return Some((open, close)),
        (Role::Label, _) => (
            format!("brackets 应为两个字，写的是“{marks}”"),
            format!("`brackets` must be two characters, found `{marks}`"),
        ),
        _ => (
            format!("brackets 只用于栏目，{} 不能写", role.name()),
            format!("`brackets` is for the label; `{}` has none", role.name()),
        ),
    };
    let help = (
        "在 [styles.label] 里写 brackets = \"【】\"".into(),
        "write `brackets = \"【】\"` in [styles.label]".into(),
    );
    let range = leaf.span();
    notes.fatal(Fault::WrongValue, range.as_ref(), (zh, en), Some(help));
    None
}

/// N37: of the byline alone, wherever it stands.
fn even_names(role: Role, layers: &[&StyleText], notes: &mut Notes) -> bool {
    let Some(leaf) = top(layers, |s| &s.names) else {
        return false;
    };
    if role != Role::Byline {
        notes.fatal(
            Fault::WrongValue,
            leaf.span().as_ref(),
            (
                format!("names 只用于署名，{} 不能写", role.name()),
                format!("`names` is for the byline; `{}` has none", role.name()),
            ),
            Some((
                "写在 [styles.byline] 或版位的 style.byline 里".into(),
                "write it in [styles.byline] or in a slot's `style.byline`".into(),
            )),
        );
        return false;
    }
    notes.take(leaf) == Some(OneOf(NameWidth::Even))
}

/// P27: two or three lines, of running text alone; 0 for none.
fn drop_cap(role: Role, layers: &[&StyleText], notes: &mut Notes) -> u16 {
    let Some(leaf) = top(layers, |s| &s.drop_cap) else {
        return 0;
    };
    if role != Role::Body {
        notes.fatal(
            Fault::WrongValue,
            leaf.span().as_ref(),
            (
                format!("drop_cap 只用于正文，{} 没有首字下沉", role.name()),
                format!("`drop_cap` is for the body; `{}` has none", role.name()),
            ),
            Some((
                "写在 [styles.body] 或版位的 style.body 里".into(),
                "write it in [styles.body] or in a slot's `style.body`".into(),
            )),
        );
        return 0;
    }
    // 0 switches off what the layout's own body has on
    let lines = notes.count(leaf, "drop_cap", 0..=3).unwrap_or(0);
    if lines != 1 {
        return lines;
    }
    notes.fatal(
        Fault::OutOfRange,
        leaf.span().as_ref(),
        (
            "drop_cap = 1 没有下沉".into(),
            "`drop_cap = 1` drops nothing".into(),
        ),
        Some((
            "写 2 或 3；不要首字下沉写 0".into(),
            "write 2 or 3, or 0 for no drop cap".into(),
        )),
    );
    0
}

/// A role of a style must be one that the layout defines (T34).
fn face(layers: &[&StyleText], sheet: &Sheet<'_>, notes: &mut Notes) -> usize {
    let Some(leaf) = top(layers, |s| &s.face) else {
        // a layout without a body face is reported once, where it is read
        return 0;
    };
    let Some(name) = notes.take(leaf) else {
        return 0;
    };
    notes
        .lookup(
            &name,
            leaf.span().as_ref(),
            ("字体角色", "face role"),
            sheet.faces,
        )
        .unwrap_or(0)
}

/// The size where no layer says one: tables and notes are one size smaller
/// than the body (P19, P26).
fn usual_size(role: Role, grid: &Grid) -> Length {
    match role {
        Role::Table | Role::TableHead | Role::TableTitle | Role::Note => size_below(grid.size),
        _ => grid.size,
    }
}

fn usual_align(role: Role) -> Align {
    match role {
        Role::Body
        | Role::Quote
        | Role::ListItem
        | Role::Dialogue
        | Role::Law
        | Role::Summary
        | Role::Caption
        | Role::Table
        | Role::Note => Align::Justify,
        Role::Names | Role::Label | Role::Furniture => Align::Start,
        Role::Credit | Role::Jump => Align::End,
        Role::Subhead
        | Role::Verse
        | Role::Banner
        | Role::BannerEn
        | Role::Kicker
        | Role::Head
        | Role::Deck
        | Role::Byline
        | Role::TableHead
        | Role::TableTitle
        | Role::SideTitle
        | Role::EndTitle
        | Role::Imprint => Align::Center,
    }
}

fn pitch(
    role: Role,
    layers: &[&StyleText],
    size: Length,
    grid: &Grid,
    em: &Units<'_>,
    notes: &mut Notes,
) -> Length {
    let own = top(layers, |s| &s.pitch);
    if let Some(leaf) = own {
        let own = notes
            .length(leaf, "pitch", SIZES.0..=WHITE, em)
            .unwrap_or(size);
        // a headline on one line may say where its neighbours stand
        if own > size * 2 && runs(role) {
            wide_gap(leaf, notes);
        }
        return own;
    }
    if let Some(leaf) = top(layers, |s| &s.line_gap) {
        let gap = notes.length(leaf, "line_gap", Length::ZERO..=size * 4, em);
        let gap = gap.unwrap_or(Length::ZERO);
        if gap > size {
            wide_gap(leaf, notes);
        }
        return size + gap;
    }
    match role {
        Role::Body
        | Role::Quote
        | Role::ListItem
        | Role::Dialogue
        | Role::Law
        | Role::Verse
        | Role::Names
        | Role::Note
        | Role::Jump => grid.pitch,
        // large type needs less white between its lines
        _ if size >= Length::pt(14) => size.scale(6, 5),
        _ => size.scale(4, 3),
    }
}

/// Whether a role is set in many lines.
fn runs(role: Role) -> bool {
    matches!(
        role,
        Role::Body | Role::Quote | Role::ListItem | Role::Dialogue | Role::Law | Role::Caption
    )
}

/// P09: the gap is never above the size.
pub(super) fn wide_gap(leaf: &Leaf<Quantity>, notes: &mut Notes) {
    let span = leaf.span().map(|range| notes.span(&range));
    notes.list.push(
        Diagnostic::warning(
            "layout/wide-line-gap",
            "行距大于字号，报纸正文一般为字号的 1/4–1/3",
            "the line gap exceeds the type size; newspapers use 1/4 to 1/3 of it",
        )
        .at_opt(span)
        .help("写 line_gap = \"1/3\"", "write `line_gap = \"1/3\"`"),
    );
}
