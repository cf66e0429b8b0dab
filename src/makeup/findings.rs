//! The wordings of what the make-up finds.

use std::sync::Arc;

use super::flow::{Cause, Hole};
use super::growth::Growth;
use super::shrink::{Advice, Less};
use crate::base::clreq::Direction;
use crate::base::diag::{Diagnostic, Fact, Span};
use crate::base::geom::Length;
use crate::desk::plan::{FillerPlan, PicturePlan, SlotPlan};
use crate::makeup::headfit::Fitted;
use crate::page::FrameLine;
use crate::story::{Figure, Paragraph, Role, Table};

/// A word as a fact.
pub(crate) fn word(text: &str) -> Fact {
    Fact::Word(text.to_owned())
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// N38: a jump line that does not fit one line of its column.
pub(crate) fn jump_too_long(slot: &str, line: &Paragraph) -> Diagnostic {
    let text = &line.text;
    Diagnostic::error(
        "makeup/jump-line",
        format!("版位 {slot} 的转版行“{text}”一行排不下"),
        format!("the jump line “{text}” of slot {slot} does not fit one line"),
    )
    .help(
        "在版式的 [inline] 里缩短 jump_to",
        "shorten `jump_to` under `[inline]` of the layout",
    )
}

/// N38: a slot whose story ended before it.
pub(crate) fn jump_without_text(slot: &SlotPlan, page: &str, from: &str) -> Diagnostic {
    let name = &slot.name;
    Diagnostic::error(
        "makeup/jump-without-text",
        format!("版位 {name} 没有文字可接：稿件在第 {page} 版的 {from} 里已经排完"),
        format!("nothing goes on in slot {name}: the story ends in {from} of page {page}"),
    )
    .at_opt(slot.span)
    .help(
        "从 issue.toml 里删去这个版位的 continues，或减少前一版位的行数",
        "take this slot's `continues` out of issue.toml, or give the slot before fewer lines",
    )
    .word("slot", &**name)
}

/// 过版 (E03, E05): what of a story found no room.
///
/// The help says what would be enough, each alone: the fewest characters to
/// cut, lines off the headline block or a picture, or a slot as much deeper as
/// was found to hold it.
pub(crate) fn overset(
    slot: &SlotPlan,
    (lines, chars): (usize, usize),
    advice: &Advice,
    from: Option<Span>,
) -> Diagnostic {
    let name = story_name(slot);
    // all that is over is always enough
    let cut = advice.chars.min(chars);
    let finding = Diagnostic::error(
        "makeup/overset",
        format!(
            "过版 {lines} 行 {chars} 字：版位 {} 排不下《{name}》",
            slot.name
        ),
        format!(
            "overset by {lines} lines, {chars} characters: “{name}” does not fit slot {}",
            slot.name
        ),
    )
    .at_opt(from)
    .number("lines", number(lines))
    .number("chars", number(chars))
    .number("cut", number(cut));
    let mut zh = vec![format!("删 {cut} 字以上")];
    let mut en = vec![format!("cut at least {cut} characters")];
    let mut finding = finding;
    if let Some(lines) = advice.head {
        zh.push(format!("题区减 {lines} 行"));
        en.push(format!("take {lines} lines off the headline block"));
        finding = finding.number("head", i64::from(lines));
    }
    if let Some((nth, lines)) = advice.picture
        && let Some(picture) = slot.pictures.get(nth)
    {
        zh.push(format!("图 {} 减高 {lines} 行", picture.name));
        en.push(format!("make picture {} {lines} lines lower", picture.name));
        finding = finding.number("picture", i64::from(lines));
    }
    let (deep, deeper) = match slot.direction {
        Direction::Horizontal => ("加深", "deeper"),
        Direction::Vertical => ("加宽", "wider"),
    };
    if let Some(lines) = advice.deeper {
        zh.push(format!("把版位{deep} {lines} 行"));
        en.push(format!("make the slot {lines} lines {deeper}"));
        finding = finding.number("deeper", i64::from(lines));
    }
    with_slot(finding.help(zh.join("，或"), en.join(", or ")), slot)
}

/// What was done to make room for a story too long (E04).
pub(crate) fn closed(slot: &SlotPlan, less: &Less) -> Diagnostic {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    if less.saved() > 0 {
        zh.push(format!("挤压标点省 {} 行", less.saved()));
        en.push(format!("{} lines saved by squeezing", less.saved()));
    }
    if less.head > 0 {
        zh.push(format!("题区减 {} 行", less.head));
        en.push(format!("headline block lower by {} lines", less.head));
    }
    let pictures = slot.pictures.iter().zip(&less.pictures);
    for (picture, lines) in pictures.filter(|&(_, &lines)| lines > 0) {
        zh.push(format!("图 {} 减高 {lines} 行", picture.name));
        en.push(format!("picture {} lower by {lines} lines", picture.name));
    }
    let name = story_name(slot);
    let pictures: u16 = less.pictures.iter().sum();
    Diagnostic::info(
        "makeup/closed",
        format!("凑版：《{name}》排进版位 {}，{}", slot.name, zh.join("，")),
        format!("“{name}” made to fit slot {}: {}", slot.name, en.join(", ")),
    )
    .at_opt(slot.span)
    .number("saved", i64::from(less.saved()))
    .number("head", i64::from(less.head))
    .number("pictures", i64::from(pictures))
}

/// The lines of a story set closer or wider (E04).
pub(crate) fn line_pitch(slot: &SlotPlan, usual: Length, pitch: Length) -> Diagnostic {
    let (usual, pitch) = (points(usual), points(pitch));
    let name = story_name(slot);
    Diagnostic::info(
        "makeup/line-pitch",
        format!(
            "凑版：《{name}》在版位 {} 里行距由 {usual}pt 改为 {pitch}pt",
            slot.name
        ),
        format!(
            "“{name}” made to fit slot {}: its line pitch is {pitch} pt, not {usual} pt",
            slot.name
        ),
    )
    .at_opt(slot.span)
}

/// 欠版 (E03, N34): grid lines left empty.
pub(crate) fn underset(slot: &SlotPlan, lines: usize, chars: usize) -> Diagnostic {
    let name = story_name(slot);
    Diagnostic::warning(
        "makeup/underset",
        format!("欠版 {lines} 行，约 {chars} 字：《{name}》排不满版位 {}", slot.name),
        format!("underset by {lines} lines, about {chars} characters: “{name}” does not fill slot {}", slot.name),
    )
    .at_opt(slot.span)
    .help(
        format!("补写约 {chars} 字，或加大图片、题区，或缩小版位"),
        format!("write about {chars} characters more, enlarge a picture or the headline, or make the slot smaller"),
    )
    .number("lines", number(lines))
    .number("chars", number(chars))
}

/// Art that fills the foot of a story (N45).
pub(crate) fn filled(slot: &SlotPlan, filler: &FillerPlan) -> Diagnostic {
    let lines = filler.lines;
    Diagnostic::info(
        "makeup/filler",
        format!("版位 {} 的末栏排了 {lines} 行高的补白", slot.name),
        format!(
            "slot {}: a filler of {lines} lines stands at the foot of its last column",
            slot.name
        ),
    )
    .at_opt(filler.source)
    .number("lines", i64::from(lines))
}

/// 首字下沉 (P27): the column is too narrow for it.
pub(crate) fn drop_cap_without_room(slot: &SlotPlan) -> Diagnostic {
    Diagnostic::warning(
        "makeup/drop-cap-without-room",
        format!(
            "版位 {} 的栏太窄，首字没有下沉：旁边排不下六个字",
            slot.name
        ),
        format!(
            "the columns of slot {} are too narrow for a drop cap: no six em are left beside it",
            slot.name
        ),
    )
    .at_opt(slot.span)
    .help(
        "在版式里删去这个版位的 drop_cap，或加宽各栏",
        "take `drop_cap` from the slot's body, or make its columns wider",
    )
}

/// Head, pictures and subheads made larger to close the columns (E04).
pub(crate) fn grown(slot: &SlotPlan, growth: &Growth) -> Diagnostic {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    // lines that run down lie side by side
    let larger = match slot.direction {
        Direction::Horizontal => "加高",
        Direction::Vertical => "加宽",
    };
    if growth.head() > 0 {
        zh.push(format!("题区{larger} {} 行", growth.head()));
        en.push(format!("headline block by {} lines", growth.head()));
    }
    let pictures = slot.pictures.iter().zip(growth.pictures());
    for (picture, &lines) in pictures.filter(|&(_, &lines)| lines > 0) {
        zh.push(format!("图片 {} {larger} {lines} 行", picture.name));
        en.push(format!("picture {} by {lines} lines", picture.name));
    }
    let grown = growth.blocks().iter().filter(|&&lines| lines > 0).count();
    if grown > 0 {
        zh.push(format!("{grown} 个小标题加空"));
        en.push(format!("white around {grown} subheads"));
    }
    let blocks: u16 = growth.blocks().iter().sum();
    let sum: u16 = growth.pictures().iter().sum();
    Diagnostic::info(
        "makeup/grown",
        format!("版位 {} 为排满各栏，{}", slot.name, zh.join("，")),
        format!(
            "slot {} enlarged to fill its columns: {}",
            slot.name,
            en.join(", ")
        ),
    )
    .at_opt(slot.span)
    .number("head", i64::from(growth.head()))
    .number("pictures", i64::from(sum))
    .number("subheads", i64::from(blocks))
}

/// A column that ends early because what comes next keeps together (P12,
/// N45), or because its last line went over to a stranded one (P11).
pub(crate) fn short_column(slot: &SlotPlan, hole: Hole) -> Diagnostic {
    let Hole {
        column,
        lines,
        cause,
    } = hole;
    let nth = column + 1;
    let (zh, en) = match cause {
        Cause::Block => (
            "小标题不能留在栏末，表格不能只留一行，文中的图不能分开",
            "a subhead must not end a column, a table not leave a single row, a picture not be parted",
        ),
        Cause::Stranded => (
            "段末一行不能单独落在下一栏栏头",
            "the last line of a paragraph must not stand alone at the head of the next column",
        ),
    };
    let help = match cause {
        Cause::Block => (
            "在小标题、表格或图之前增删一两行文字",
            "add or cut a line or two before the subhead, table or picture",
        ),
        Cause::Stranded => (
            "把这一段删短一行，或在它之前增删一行文字",
            "cut a line of this paragraph, or add or cut one before it",
        ),
    };
    Diagnostic::warning(
        "makeup/short-column",
        format!("版位 {} 第 {nth} 栏空 {lines} 行：{zh}", slot.name),
        format!(
            "slot {}, column {nth}: {lines} lines left empty, {en}",
            slot.name
        ),
    )
    .at_opt(slot.span)
    .help(help.0, help.1)
    .number("column", i64::from(nth))
    .number("lines", number(lines))
}

/// A table whose columns, at their narrowest, are wider than its measure
/// (P26). It is not set; its text is kept as overset.
pub(crate) fn table_too_wide(slot: &SlotPlan, table: &Table, chars: usize) -> Diagnostic {
    let columns = table.rows.first().map_or(0, Vec::len);
    let finding = Diagnostic::error(
        "makeup/table-too-wide",
        format!("版位 {} 的栏宽排不下 {columns} 栏的表格，{chars} 字没有排", slot.name),
        format!(
            "a column of slot {} is too narrow for a table of {columns} columns: {chars} characters are not set",
            slot.name
        ),
    )
    .at_opt(table.span)
    .help(
        "删并几栏，改短长词和数字，或换栏宽的版位（减少 text_columns）",
        "leave out or merge columns, shorten long words and numbers, or use a slot of wider columns (fewer `text_columns`)",
    )
    .number("columns", number(columns))
    .number("chars", number(chars));
    with_slot(finding, slot)
}

/// Headline or foot lines that find no room in their slot.
pub(crate) fn block_overset(
    slot: &SlotPlan,
    paragraph: &Paragraph,
    lines: usize,
    chars: usize,
) -> Diagnostic {
    let finding = Diagnostic::error(
        "makeup/block-overset",
        format!(
            "版位 {} 排不下{}：余 {lines} 行 {chars} 字",
            slot.name,
            paragraph.role.word()
        ),
        format!(
            "slot {} has no room for its {}: {lines} lines, {chars} characters left over",
            slot.name,
            paragraph.role.name()
        ),
    )
    .at_opt(paragraph.pieces.first().map(|piece| piece.span))
    .help(
        "把版位加深，或用小一些的字号",
        "make the slot deeper, or the type smaller",
    )
    .word("role", paragraph.role.name())
    .number("lines", number(lines))
    .number("chars", number(chars));
    with_slot(finding, slot)
}

/// N27, N33: a headline block deeper than a leg below it, which it leaves by
/// the foot.
pub(crate) fn leg_too_short(slot: &SlotPlan, lines: u16, head_lines: u16) -> Diagnostic {
    let name = &slot.name;
    let least = head_lines + 1;
    let finding = Diagnostic::error(
        "makeup/leg-too-short",
        format!("版位 {name} 的题区有 {head_lines} 行，下面的腿只有 {lines} 行：题压到腿下面的版位"),
        format!(
            "the headline block of slot {name} takes {head_lines} lines, a leg below it {lines}: the headline stands over what is below the leg"
        ),
    )
    .at_opt(slot.span)
    .help(
        format!("legs 的 lines 写 {least} 以上，或改短标题、用小一些的字号"),
        format!("give the leg `lines = {least}` or more, shorten the headline or set it smaller"),
    )
    .number("lines", i64::from(lines))
    .number("head", i64::from(head_lines));
    with_slot(finding, slot)
}

/// A headline altered to fit its width, step by step (N25); a warning where
/// even the limits were not enough. Facts: `size` in thousandths of a point,
/// `tracking` in thousandths of an em, `scale` in thousandths, `lines`.
pub(crate) fn headline_fitted(paragraph: &Paragraph, fitted: &Fitted) -> Diagnostic {
    let (planned, set) = (&fitted.planned, &fitted.set);
    let mut steps: Vec<(String, String)> = Vec::new();
    if set.size != planned.size {
        let (from, to) = (points(planned.size), points(set.size));
        steps.push((
            format!("字号由 {from} 点缩为 {to} 点"),
            format!("set in {to} pt instead of {from} pt"),
        ));
    }
    if set.tracking != planned.tracking {
        let (from, to) = (decimal(planned.tracking), decimal(set.tracking));
        steps.push((
            format!("字距由 {from} 字收到 {to} 字"),
            format!("tracked {to} em instead of {from} em"),
        ));
    }
    if set.lines > planned.lines {
        let lines = set.lines;
        steps.push((
            format!("折成 {lines} 行"),
            format!("broken into {lines} lines"),
        ));
    }
    if set.scale_x != planned.scale_x {
        let percent = decimal(i64::from(set.scale_x) * 100);
        steps.push((
            format!("字形压窄到 {percent}%"),
            format!("condensed to {percent} %"),
        ));
    }
    let (zh, en): (Vec<_>, Vec<_>) = steps.into_iter().unzip();
    let (zh, en) = (zh.join("，"), en.join(", "));
    let note = if fitted.holds {
        Diagnostic::info(
            "makeup/headline-fitted",
            format!("标题太长：{zh}"),
            format!("headline too long for its width: {en}"),
        )
        .help(
            "改短标题，或接受这样的排法",
            "shorten the headline, or accept it so",
        )
    } else {
        Diagnostic::warning(
            "makeup/headline-too-long",
            format!("标题太长，缩小、收紧、压窄到限度也排不下：{zh}"),
            format!("headline too long even at the limits of size, tracking and width: {en}"),
        )
        .help(
            "改短标题，或把它写成几行的列表，或换宽的版位",
            "shorten the headline, write it as a list of lines, or use a wider slot",
        )
    };
    note.at_opt(paragraph.pieces.first().map(|piece| piece.span))
        .word("role", paragraph.role.name())
        .number("size", set.size.scale(1000, Length::UNITS_PER_PT).raw())
        .number("tracking", set.tracking)
        .number("scale", i64::from(set.scale_x))
        .number("lines", number(set.lines))
}

/// A picture that finds no room in its slot.
pub(crate) fn picture_does_not_fit(slot: &SlotPlan, picture: &PicturePlan) -> Diagnostic {
    let finding = Diagnostic::error(
        "makeup/picture-does-not-fit",
        format!(
            "版位 {} 排不下图片 {}（{} 栏 {} 行，另加说明）",
            slot.name, picture.name, picture.columns, picture.lines
        ),
        format!(
            "slot {} has no room for picture {} ({} columns, {} lines, and its caption)",
            slot.name, picture.name, picture.columns, picture.lines
        ),
    )
    .at_opt(picture.source)
    .help(
        match slot.direction {
            Direction::Horizontal => "减少图片的行数或栏数，或把版位加深",
            Direction::Vertical => "减少图片的行数或栏数，或把版位加宽",
        },
        match slot.direction {
            Direction::Horizontal => {
                "give the picture fewer lines or columns, or make the slot deeper"
            }
            Direction::Vertical => {
                "give the picture fewer lines or columns, or make the slot wider"
            }
        },
    )
    .word("picture", &*picture.name)
    .number("lines", i64::from(picture.lines))
    .number("columns", i64::from(picture.columns));
    with_slot(finding, slot)
}

/// A picture in the text that is higher than the columns of its slot; its
/// caption is kept as overset (P23).
pub(crate) fn figure_too_high(slot: &SlotPlan, figure: &Figure, lines: usize) -> Diagnostic {
    Diagnostic::error(
        "makeup/picture-does-not-fit",
        format!("版位 {} 的栏排不下文中的图（连说明 {lines} 行）", slot.name),
        format!(
            "no column of slot {} holds the picture in its text ({lines} lines with its caption)",
            slot.name
        ),
    )
    .at_opt(figure.source)
    .help(
        "减少 inline_pictures 的 lines，或把版位加深",
        "give `inline_pictures` fewer lines, or make the slot deeper",
    )
    .number("lines", number(lines))
}

/// A picture that does not stand where it was planned.
pub(crate) fn picture_moved(picture: &PicturePlan, line: u16) -> Diagnostic {
    let nth = line + 1;
    Diagnostic::warning(
        "makeup/picture-moved",
        format!("图片 {} 原位排不下，移到第 {nth} 行", picture.name),
        format!(
            "picture {} has no room where it was planned; it was moved to line {nth}",
            picture.name
        ),
    )
    .at_opt(picture.source)
    .help(
        "改动图片的位置或行数",
        "change the picture's place or its lines",
    )
    .word("picture", &*picture.name)
    .number("line", i64::from(nth))
}

/// Text that is larger than its box of furniture.
pub(crate) fn furniture_too_long(paragraph: &Paragraph, place: Option<Span>) -> Diagnostic {
    Diagnostic::warning(
        "makeup/furniture-does-not-fit",
        format!("“{}”排不进它的框", excerpt(&paragraph.text)),
        format!("“{}” does not fit its box", excerpt(&paragraph.text)),
    )
    .at_opt(place)
    .help(
        "改短文字，或把框加大",
        "shorten the text, or enlarge its box",
    )
}

/// A flaw of a set line (L44, L45, P10) with its place and its text.
pub(crate) fn line(note: &Diagnostic, role: Role, line: &FrameLine) -> Diagnostic {
    let finding = note.clone().at_opt(line.source);
    finding
        .word("role", role.name())
        .word("text", excerpt(&line.text))
}

fn story_name(slot: &SlotPlan) -> Arc<str> {
    slot.story_name()
}

fn with_slot(finding: Diagnostic, slot: &SlotPlan) -> Diagnostic {
    match slot.span {
        Some(span) => finding.related(
            span,
            format!("版位 {} 在此", slot.name),
            format!("slot {} is defined here", slot.name),
        ),
        None => finding,
    }
}

/// The first characters of a text, for messages.
fn excerpt(text: &str) -> String {
    const MOST: usize = 20;
    let mut short: String = text.chars().take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}

/// A length in points, to a thousandth.
fn points(length: Length) -> String {
    decimal(length.scale(1000, Length::UNITS_PER_PT).raw())
}

/// Thousandths with no more decimals than needed, in whole-number arithmetic.
fn decimal(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, part) = (thousandths.abs() / 1000, thousandths.abs() % 1000);
    let text = format!("{sign}{whole}.{part:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
