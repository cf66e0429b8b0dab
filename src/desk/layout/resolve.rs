//! From the layout's text to lengths, indices and rectangles.

use std::ops::Range;

use super::preset::Format;
use super::style::{SIZES, Sheet};
use super::text::{CompositionText, LayoutText, RuleSet, StyleText, StylesText};
use super::{
    Composition, FaceRole, Inline, Layout, boxes, check, furniture, grid, inherit, pair, rules,
    slots, tables,
};
use crate::base::clreq::Profile;
use crate::base::diag::{Diagnostic, Span};
use crate::base::geom::{Length, Point, Size};
use crate::desk::form::{At, Fault, Leaf, Notes, Placed, Quantity, Ratio, Unit, Units};
use crate::page::Grid;

/// Stand-ins for a sheet and a grid that could not be read.
const ANY_SHEET: Size = Size::new(Length::MAX, Length::MAX);
const ANY_GRID: Grid = Grid {
    origin: Point::new(Length::ZERO, Length::ZERO),
    columns: 30,
    chars: 200,
    size: Length::pt(9),
    pitch: Length::pt(12),
    gap: Length::pt(9),
    lines: 1000,
};

/// Shortest and longest side of a sheet.
pub(super) const SHEET: (Length, Length) = (Length::mm(10), Length::mm(2000));

/// The layout, as far as it can be made out.
pub(super) fn layout(name: &str, form: &LayoutText, notes: &mut Notes) -> Option<Layout> {
    let sizes = sizes(form, notes);
    inherit::nothing_to_drop(form, notes);
    let preset = notes.take(&form.grid.value.preset);
    let format = preset.map(|preset| preset.0.format());
    let (trim, bleed) = sheet(form, format, notes);
    let body = &form.styles.body.value;
    let grid = grid::read(&form.grid, body, trim, format, &sizes, notes);
    let faces = faces(form, notes);
    let composition_indent = indent(form, notes);
    let chars = grid.as_ref().map_or(0, |grid| grid.chars);
    let composition = composition(form, chars, notes);
    // where sheet or grid are wrong, the rest is still read, against a grid
    // that anything fits
    let trim = trim.filter(|_| grid.is_some()).unwrap_or(ANY_SHEET);
    let grid = grid.unwrap_or(ANY_GRID);

    let face_names: Vec<&str> = faces.iter().map(|face| &*face.name).collect();
    if form.styles.body.value.face.is_missing() {
        notes.fatal(
            Fault::Missing,
            form.styles.body.range.as_ref(),
            (
                "正文没有字体角色".into(),
                "the body has no face role".into(),
            ),
            Some((
                "在 [styles.body] 里写 face = \"song\"".into(),
                "write `face = \"song\"` in [styles.body]".into(),
            )),
        );
    }
    let sheet = Sheet {
        sizes: &sizes,
        faces: &face_names,
        grid,
        body: &form.styles.body.value,
        genres: &form.genres,
        indent: composition_indent,
    };
    let own = StylesText::default();
    let styles = slots::styles(&own, &StyleText::default(), &form.styles, &sheet, notes);
    let inline = inline(form, &face_names, notes);
    let tables = tables::tables(&form.tables.value, notes);
    let note_form = tables::notes(&form.notes.value, notes);
    let page_rules = rules::rules(&form.rules.value, notes);
    let fitting = rules::fitting(&form.fit.value, notes);
    let fillers = rules::fillers(&form.fillers, &grid, notes);
    let column_rule = boxes::column_rule(&form.grid.value, &grid, notes);
    let slots = slots::read(form, &sheet, notes);
    let furniture = furniture::read(form, &sheet, trim, &slots, notes);
    let title = notes.take(&form.title).unwrap_or_default();
    let masthead = notes.take(&form.masthead).unwrap_or(false);
    drop(face_names);
    if notes.failed() {
        return None;
    }
    let layout = Layout {
        name: name.into(),
        title,
        masthead,
        strip: preset.is_some_and(|preset| preset.0.is_strip()),
        column_rule,
        trim,
        bleed,
        grid,
        faces,
        inline,
        tables,
        notes: note_form,
        styles,
        composition,
        rules: page_rules,
        fitting,
        fillers,
        slots,
        furniture,
    };
    notes.list.extend(check::check(&layout, notes.source));
    Some(layout)
}

/// N11: the house's own sizes.
fn sizes(form: &LayoutText, notes: &mut Notes) -> Vec<(String, Length)> {
    let units = Units {
        sizes: &[],
        em: Length::pt(9),
        line: Length::pt(12),
        bare: Some(&Unit::Pt),
    };
    form.sizes
        .iter()
        .filter_map(|(name, leaf)| {
            let size = notes.length(leaf, name, SIZES.0..=SIZES.1, &units)?;
            Some((name.clone(), size))
        })
        .collect()
}

/// Two lengths of a list of two.
pub(super) fn pair(
    leaf: &Leaf<Vec<At<Quantity>>>,
    key: &str,
    allowed: (Length, Length),
    units: &Units<'_>,
    notes: &mut Notes,
) -> Option<(Length, Length)> {
    let list = notes.take(leaf)?;
    let [first, second] = list.as_slice() else {
        notes.fatal(
            Fault::WrongValue,
            leaf.span().as_ref(),
            (
                format!("{key} 应为两个长度"),
                format!("`{key}` must be two lengths"),
            ),
            Some((
                format!("写成 {key} = [\"390mm\", \"540mm\"]"),
                format!("write `{key} = [\"390mm\", \"540mm\"]`"),
            )),
        );
        return None;
    };
    let mut one = |at: &At<Quantity>| {
        notes.measure(
            &at.value,
            Some(&at.range),
            key,
            allowed.0..=allowed.1,
            units,
        )
    };
    let (first, second) = (one(first), one(second));
    Some((first?, second?))
}

/// N01: trim and bleed.
fn sheet(form: &LayoutText, format: Option<Format>, notes: &mut Notes) -> (Option<Size>, Length) {
    let text = &form.sheet.value;
    let units = Units {
        sizes: &[],
        em: Length::pt(9),
        line: Length::pt(12),
        bare: None,
    };
    let trim = if text.trim.is_missing() && format.is_some() {
        format.map(|format| format.trim)
    } else if text.trim.is_missing() {
        notes.need(&text.trim, "sheet.trim", form.sheet.range.as_ref());
        None
    } else {
        pair(&text.trim, "trim", SHEET, &units, notes)
    };
    let bleed = match text.bleed.is_missing() {
        true => None,
        false => notes.length(&text.bleed, "bleed", Length::ZERO..=Length::mm(50), &units),
    };
    (
        trim.map(|(width, height)| Size::new(width, height)),
        bleed.unwrap_or(Length::mm(3)),
    )
}

/// T34: face roles.
fn faces(form: &LayoutText, notes: &mut Notes) -> Vec<FaceRole> {
    let mut list = Vec::new();
    for (name, placed) in &form.faces {
        let text = &placed.value;
        let mut stems = |leaf: &Leaf<Vec<At<String>>>, required: bool| -> Vec<(String, Span)> {
            let found = match required {
                true => notes.need(leaf, &format!("faces.{name}.han"), placed.range.as_ref()),
                false => notes.take(leaf),
            };
            let whole = leaf.span().unwrap_or(0..0);
            found
                .unwrap_or_default()
                .into_iter()
                .map(|at| {
                    let range = if at.range.is_empty() {
                        whole.clone()
                    } else {
                        at.range
                    };
                    (at.value, notes.span(&range))
                })
                .collect()
        };
        let (han, latin) = (stems(&text.han, true), stems(&text.latin, false));
        list.push(FaceRole {
            name: name.as_str().into(),
            han,
            latin,
            pair: pair::pair(text, notes),
        });
    }
    list
}

fn inline(form: &LayoutText, faces: &[&str], notes: &mut Notes) -> Inline {
    let text = &form.inline.value;
    let mut face = |leaf: &Leaf<String>| {
        let name = notes.take(leaf)?;
        notes.lookup(
            &name,
            leaf.span().as_ref(),
            ("字体角色", "face role"),
            faces,
        )
    };
    let (strong, emphasis, dateline) = (
        face(&text.strong),
        face(&text.emphasis),
        face(&text.dateline),
    );
    let (run_in, label) = (face(&text.run_in), face(&text.label));
    let whole = Ratio { num: 1, den: 1 };
    let gap = em_ratio(&text.run_in_gap, "run_in_gap", 4, notes).unwrap_or(whole);
    if gap.num < gap.den {
        // the blank is a character of its own
        notes.fatal(
            Fault::OutOfRange,
            text.run_in_gap.span().as_ref(),
            (
                "run_in_gap 小于一字".into(),
                "`run_in_gap` is below one em".into(),
            ),
            Some((
                "同行标题后空一字：run_in_gap = 1".into(),
                "a run-in heading has a blank of one em: `run_in_gap = 1`".into(),
            )),
        );
    }
    Inline {
        strong,
        emphasis,
        dateline,
        run_in,
        run_in_gap: gap,
        label,
        dateline_blank: notes.take(&text.dateline_blank).unwrap_or(false),
        jump_to: jump(&text.jump_to, "jump_to", "（下转第{page}版）", notes),
        jump_from: jump(&text.jump_from, "jump_from", "（上接第{page}版）", notes),
        bullet: notes.take(&text.bullet).unwrap_or_default(),
        section_break: notes.take(&text.section_break).unwrap_or_default(),
    }
}

/// A jump line; it must name the page (N38).
fn jump(leaf: &Leaf<String>, key: &str, usual: &str, notes: &mut Notes) -> String {
    let Some(line) = notes.take(leaf) else {
        return usual.to_owned();
    };
    if !line.contains("{page}") {
        notes.fatal(
            Fault::WrongValue,
            leaf.span().as_ref(),
            (
                format!("{key} 里没有 {{page}}：读者不知道转到哪一版"),
                format!("`{key}` has no `{{page}}`: nobody will know which page is meant"),
            ),
            Some((
                format!("如 {key} = \"{usual}\""),
                format!("such as `{key} = \"{usual}\"`"),
            )),
        );
    }
    line
}

/// A part of an em, from 0 to `most`.
pub(super) fn em_ratio(
    leaf: &Leaf<Quantity>,
    key: &str,
    most: i64,
    notes: &mut Notes,
) -> Option<Ratio> {
    let quantity = notes.take(leaf)?;
    let Ratio { num, den } = quantity.value;
    let good = matches!(quantity.unit, Unit::Bare | Unit::Em) && num >= 0 && num <= den * most;
    if !good {
        notes.fatal(
            Fault::OutOfRange,
            leaf.span().as_ref(),
            (
                format!("{key} 超出范围"),
                format!("`{key}` is out of range"),
            ),
            Some((
                format!("{key} 以字计，0–{most}，如 \"1/4\""),
                format!("`{key}` is in em, 0 to {most}, such as \"1/4\""),
            )),
        );
        return None;
    }
    Some(quantity.value)
}

fn indent(form: &LayoutText, notes: &mut Notes) -> Option<Quantity> {
    let value = em_ratio(&form.composition.value.indent, "indent", 20, notes)?;
    Some(Quantity {
        value,
        unit: Unit::Em,
    })
}

/// The rules; `chars` is the width of a base column in em.
fn composition(form: &LayoutText, chars: u16, notes: &mut Notes) -> Composition {
    let text = &form.composition.value;
    Composition {
        level: notes
            .take(&text.level)
            .map(|level| level.0)
            .unwrap_or_default(),
        fit: notes.take(&text.fit).map(|fit| fit.0).unwrap_or_default(),
        marks: notes
            .take(&text.marks)
            .map(|marks| marks.0)
            .unwrap_or_default(),
        tight: notes.take(&text.tight).unwrap_or(false),
        han_letter_gap: em_ratio(&text.han_letter_gap, "han_letter_gap", 1, notes),
        han_digit_gap: em_ratio(&text.han_digit_gap, "han_digit_gap", 1, notes),
        hanging: notes.take(&text.hanging).unwrap_or(false),
        line_end: notes.take(&text.line_end).map(|end| end.0),
        region: notes
            .take(&text.region)
            .map(|region| region.0)
            .unwrap_or_default(),
        region_span: text.region.span().map(|range| notes.span(&range)),
        gaps_fixed: notes.take(&text.gaps_fixed).unwrap_or(false),
        gap_max: gap_max(text, notes),
        loose_limit: em_ratio(&text.loose_limit, "loose_limit", 4, notes),
        force_words: notes.take(&text.force_words).unwrap_or(false),
        trim_line_start: notes.take(&text.trim_line_start),
        trim_after_indent: notes.take(&text.trim_after_indent).unwrap_or(false),
        keep_sentence_final: notes.take(&text.keep_sentence_final).unwrap_or(false),
        runt_minimum: notes
            .count(&text.runt_minimum, "runt_minimum", 0..=9)
            .and_then(|count| u8::try_from(count).ok()),
        profile: match notes.take(&text.profile).map(|profile| profile.0) {
            None | Some(RuleSet::Standard) => Profile::Standard,
            Some(RuleSet::Narrow) => Profile::Narrow,
            Some(RuleSet::Auto) => Profile::of_measure(i64::from(chars)),
        },
        glue_units: notes.take(&text.glue_units),
        hyphenate: notes.take(&text.hyphenate).unwrap_or(false),
        grid_align: notes.take(&text.grid_align).unwrap_or(false),
        mend_stranded: notes.take(&text.mend_stranded),
    }
}

/// The cap of the Han–Western gaps: not below their own width (L38).
fn gap_max(text: &CompositionText, notes: &mut Notes) -> Option<Ratio> {
    let most = em_ratio(&text.gap_max, "gap_max", 1, notes)?;
    let quarter = Ratio { num: 1, den: 4 };
    for (gap, key) in [
        (&text.han_letter_gap, "han_letter_gap"),
        (&text.han_digit_gap, "han_digit_gap"),
    ] {
        // a gap that is wrong itself was reported before
        let own = match gap.is_missing() {
            true => quarter,
            false => em_ratio(gap, key, 1, &mut Notes::new(notes.kind, notes.source))?,
        };
        if most.num.saturating_mul(own.den) < own.num.saturating_mul(most.den) {
            notes.fatal(
                Fault::OutOfRange,
                text.gap_max.span().as_ref(),
                (
                    format!("gap_max 小于 {key}"),
                    format!("`gap_max` is below `{key}`"),
                ),
                Some((
                    "gap_max 一般写 \"1/2\" 或 \"1/3\"".into(),
                    "`gap_max` is mostly \"1/2\" or \"1/3\"".into(),
                )),
            );
            return None;
        }
    }
    Some(most)
}

pub(super) fn duplicate(
    zh: &str,
    en: &str,
    name: &str,
    span: Option<Span>,
    first: Option<Span>,
    notes: &mut Notes,
) {
    let mut note = Diagnostic::fatal(
        notes.kind.code(Fault::Duplicate),
        format!("{zh}“{name}”重复"),
        format!("the {en} `{name}` is there twice"),
    )
    .at_opt(span)
    .help("改名或删去一个", "rename or remove one of them");
    if let Some(first) = first {
        note = note.related(first, "另一个在这里", "the other one is here");
    }
    notes.list.push(note);
}

/// The most slots, and the most pieces of furniture, of one page.
const MOST: usize = 500;

/// The first [`MOST`] of a list; a note where there are more.
pub(super) fn within<'a, T>(
    list: &'a [Placed<T>],
    name: (&str, &str),
    notes: &mut Notes,
) -> &'a [Placed<T>] {
    let Some(extra) = list.get(MOST) else {
        return list;
    };
    let (key, zh) = name;
    notes.fatal(
        Fault::OutOfRange,
        extra.range.as_ref(),
        (
            format!("一版最多 {MOST} 个{zh}，这里有 {} 个", list.len()),
            format!("a page has at most {MOST} `{key}`; here are {}", list.len()),
        ),
        Some(("分成几个版式".into(), "split the layout".into())),
    );
    &list[..MOST]
}

/// Overlaps as they are found: the first few are notes of their own, the rest
/// are counted.
#[derive(Default)]
pub(super) struct Overlaps {
    count: usize,
}

impl Overlaps {
    const SHOWN: usize = 20;

    /// Takes in one more.
    pub(super) fn note(
        &mut self,
        first: (&str, Option<Span>),
        second: (&str, Option<Span>),
        notes: &mut Notes,
    ) {
        self.count += 1;
        if self.count <= Self::SHOWN {
            overlap(first, second, notes);
        }
    }

    /// Says how many were not shown.
    pub(super) fn end(self, notes: &mut Notes) {
        let rest = self.count.saturating_sub(Self::SHOWN);
        if rest > 0 {
            notes.list.push(
                Diagnostic::fatal(
                    "layout/overlap",
                    format!("另有 {rest} 处重叠没有列出"),
                    format!("{rest} more overlaps are not listed"),
                )
                .help("先改好列出的", "mend those that are listed first"),
            );
        }
    }
}

fn overlap(first: (&str, Option<Span>), second: (&str, Option<Span>), notes: &mut Notes) {
    let mut note = Diagnostic::fatal(
        "layout/overlap",
        format!("“{}”与“{}”重叠", second.0, first.0),
        format!("`{}` overlaps `{}`", second.0, first.0),
    )
    .at_opt(second.1)
    .help(
        "改 column、columns、line 或 lines",
        "change `column`, `columns`, `line` or `lines`",
    );
    if let Some(place) = first.1 {
        note = note.related(place, "另一个在这里", "the other one is here");
    }
    notes.list.push(note);
}

/// First and count of columns or lines, counted from 1, inside `most`.
pub(super) fn stretch(
    keys: (&str, &str),
    leaves: (&Leaf<i64>, &Leaf<i64>),
    most: u16,
    table: Option<&Range<usize>>,
    notes: &mut Notes,
) -> Option<Range<u16>> {
    for (leaf, key) in [(leaves.0, keys.0), (leaves.1, keys.1)] {
        if leaf.is_missing() {
            notes.need(leaf, key, table);
        }
    }
    let first = notes.count(leaves.0, keys.0, 1..=1000);
    let count = notes.count(leaves.1, keys.1, 1..=1000);
    let (first, count) = (first? - 1, count?);
    if first + count > most {
        let last = first + count;
        let note = Diagnostic::fatal(
            "layout/outside-grid",
            format!("{} {} 到 {last} 超出版格的 {most}", keys.0, first + 1),
            format!(
                "{} {} to {last} leaves the grid of {most}",
                keys.0,
                first + 1
            ),
        )
        .at_opt(leaves.1.span().map(|range| notes.span(&range)))
        .help(
            format!("{} + {} − 1 不得大于 {most}", keys.0, keys.1),
            format!("`{}` + `{}` − 1 must not exceed {most}", keys.0, keys.1),
        );
        notes.list.push(note);
        return None;
    }
    Some(first..first + count)
}
